"""Rules about the record of a case: its files, details and redactions."""
