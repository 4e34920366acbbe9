"""Every messy feature has a small file of its own: named with its cells, and what it then yields."""
