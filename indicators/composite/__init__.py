"""Several values put together: scores against a baseline, and how unequal regions are."""
