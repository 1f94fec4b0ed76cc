"""Cases as data: the state of a complaint, what can have happened to it, and what each fact changes."""
