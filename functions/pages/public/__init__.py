"""Pages for everybody: the form without scripts, the status page, the procedure."""
