"""Chart descriptions on screen; no statistics and no texts of their own."""
