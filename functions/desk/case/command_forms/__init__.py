"""Forms of commands: their fields, what may be chosen, and what was typed."""
