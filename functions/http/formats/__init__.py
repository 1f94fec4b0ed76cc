"""Formats of what is answered besides JSON and pages, and how much of it fits."""
