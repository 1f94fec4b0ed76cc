"""Which cases and tasks: queues, what is due, tasks, and the search index."""
