"""A submission: its schema, its rules, and the command that it becomes."""
