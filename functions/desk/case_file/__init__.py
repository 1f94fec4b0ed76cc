"""The case file for a body outside: looked at item by item, prepared, and fetched as one archive."""
