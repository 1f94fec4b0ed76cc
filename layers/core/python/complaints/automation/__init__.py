"""Automation rules: which of a site's rules apply to a case now, and what each asks for."""
