"""Queues, search, saved filters, workload and inbound mail."""
