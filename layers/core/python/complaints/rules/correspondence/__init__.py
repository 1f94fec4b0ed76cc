"""Rules about what is written to and fro, and what becomes of letters."""
