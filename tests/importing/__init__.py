"""Complaints of another system, taken over from a file."""
