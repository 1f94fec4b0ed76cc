"""Commands and rules about what a complaint is about, how it is decided, and what becomes of that."""
