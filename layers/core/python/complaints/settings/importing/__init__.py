"""Many changes from one file, each carried out as the command that it is."""
