"""Commands and rules about what is written to and fro, and what becomes of letters."""
