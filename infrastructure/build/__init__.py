"""Build steps: the package, translations and holiday data."""
