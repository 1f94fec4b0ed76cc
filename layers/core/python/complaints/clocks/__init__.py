"""Clocks of a case: start, pause, stop, reminders, and new terms that never make a promise later."""
