"""Indicator definitions and cubes -> indicator series with ranges, states and lineage."""
