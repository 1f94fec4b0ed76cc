"""Which event calls for which letter, and what the letter says in data."""
