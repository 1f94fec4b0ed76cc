"""Handlers of streams, topics and the schedule: asynchronous, without a response."""
