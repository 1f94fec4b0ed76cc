"""A store for each kind of item in the table."""
