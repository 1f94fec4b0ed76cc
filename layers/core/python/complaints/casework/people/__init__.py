"""Commands and rules about the complainant, the parties beside the complainant, and who may take part."""
