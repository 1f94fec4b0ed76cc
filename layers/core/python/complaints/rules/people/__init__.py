"""Rules about the complainant and the parties beside the complainant."""
