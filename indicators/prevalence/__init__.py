"""Multiple systems estimation: how many persons there are, those on no list included."""
