"""Files of a case, and files to download."""
