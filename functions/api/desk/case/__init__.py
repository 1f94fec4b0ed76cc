"""One case, for staff."""
