"""Pages of a person's own complaint, which a link opens: where it stands, and what the person can do."""
