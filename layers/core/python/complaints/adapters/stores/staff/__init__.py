"""Members of staff, their sessions, and their saved filters."""
