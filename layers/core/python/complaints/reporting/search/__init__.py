"""Search: by which terms a case is found, and what a question asks for."""
