"""Queues, search, saved filters and what is done with several cases at once."""
