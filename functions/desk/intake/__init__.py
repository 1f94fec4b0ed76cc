"""A complaint that staff record."""
