"""Files become observations: reading, understanding, checking; nothing here writes to a project."""
