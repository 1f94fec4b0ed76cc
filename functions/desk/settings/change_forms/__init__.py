"""Forms of settings, and settings in words."""
