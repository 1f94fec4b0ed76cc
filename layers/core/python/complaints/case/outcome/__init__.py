"""What a complaint is about, how it was decided, and what became of that, as data."""
