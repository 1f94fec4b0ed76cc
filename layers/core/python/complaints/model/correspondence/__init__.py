"""Letters, mail and notices, as data."""
