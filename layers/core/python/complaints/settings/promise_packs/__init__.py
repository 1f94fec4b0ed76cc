"""Promise packs of a site: which it may use, new versions, and what they change for open cases."""
