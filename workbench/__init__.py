"""Files, SQLite and use cases of the workbench; nothing of Qt but one render module."""
