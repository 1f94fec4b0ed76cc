"""The steps of the walk: each is a function whose docstring says what it shows."""
