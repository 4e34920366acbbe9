"""One file a format; writers do not know each other."""
