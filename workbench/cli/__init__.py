"""The command line: a stable contract for scripts of offices; each command calls one service."""
