"""A site with its settings, as rules need it."""
