"""Boundaries as rings by area code: the world, and the regions a user brings along."""
