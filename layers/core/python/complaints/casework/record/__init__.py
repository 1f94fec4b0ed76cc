"""Commands and rules about the record of a case: its files, details, links, redactions and erasure."""
