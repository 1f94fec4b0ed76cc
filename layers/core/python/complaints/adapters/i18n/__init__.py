"""Translations, templates, and dates and numbers in each language."""
