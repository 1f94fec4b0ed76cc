"""HTML pages from the templates."""
