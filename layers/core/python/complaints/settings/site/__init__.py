"""A site: its record, and each list of its own that hangs on it."""
