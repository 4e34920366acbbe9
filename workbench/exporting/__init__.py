"""Documents and files that leave the program: one description, one writer a format."""
