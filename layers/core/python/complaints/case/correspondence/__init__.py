"""Letters, messages and mail of a case, as data."""
