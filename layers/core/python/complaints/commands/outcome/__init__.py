"""Commands about what a complaint is about, and what became of it."""
