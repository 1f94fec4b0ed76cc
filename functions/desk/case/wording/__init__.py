"""What happened in a case, in words for staff."""
