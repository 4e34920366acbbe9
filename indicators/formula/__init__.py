"""The formula language of indicator definitions: text -> tree -> cells, never Python's own eval."""
