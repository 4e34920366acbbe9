"""Numeric primitives: limits of lengths, intervals, regressions, diagnostics."""
