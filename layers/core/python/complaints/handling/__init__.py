"""The one write path: load, decide, evolve, commit; and the verification of a chain."""
