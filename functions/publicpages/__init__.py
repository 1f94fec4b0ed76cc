"""Pages for everybody: the form without a script, the complainant's page, the procedure."""
