"""Texts: in one form, compared, and read from what people type."""
