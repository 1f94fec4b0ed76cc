"""The desk as pages: the same rules and calls as its JSON, for people."""
