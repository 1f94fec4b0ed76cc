"""Proof of the record, and who read what."""
