"""Backups of an installation, and restoring it from them."""
