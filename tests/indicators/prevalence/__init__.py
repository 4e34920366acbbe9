"""Tests of hidden populations."""
