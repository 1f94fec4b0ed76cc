"""Members of staff: added, invited, provisioned by a directory, changed and deactivated."""
