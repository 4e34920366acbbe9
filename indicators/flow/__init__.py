"""Groups followed over time: how what is still open will probably end."""
