"""Handlers of streams, topics and the schedule: nobody waits for their answer."""
