"""The complainant and the parties beside the complainant, as a case knows them."""
