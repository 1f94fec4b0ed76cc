"""The record of a case: its files, details and links."""
