"""File types, judged by their bytes, and file names."""
