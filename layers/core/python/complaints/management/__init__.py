"""The management system: what ISO 10002 asks of an organisation in clauses 5, 6 and 8."""
