"""Rows of lists: queues of cases, and tasks."""
