"""Figures, reports, search terms and the rows of queues."""
