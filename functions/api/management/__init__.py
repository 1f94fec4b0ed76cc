"""The API of the management system: its records, and commands on them."""
