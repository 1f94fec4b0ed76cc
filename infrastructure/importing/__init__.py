"""Complaints of another system, taken over from a file (CSV) by the API that staff use."""
