"""The form: its definition, its pages, and the intake of what was sent."""
