"""Commands about the record of a case: its files, details, links and redactions."""
