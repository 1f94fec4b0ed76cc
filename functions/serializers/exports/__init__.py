"""A case as lines or as one record of a file."""
