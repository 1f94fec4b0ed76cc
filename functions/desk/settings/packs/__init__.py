"""Promise packs of a site: enabled, tried, compared."""
