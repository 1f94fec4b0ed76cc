"""HTML pages: the same rules and calls as the API, for people."""
