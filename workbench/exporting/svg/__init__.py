"""Charts as SVG: colours, marks, and the picture itself; writers and rendering build on it."""
