"""Lists of cases and tasks, their filters, search, and commands on many cases."""
