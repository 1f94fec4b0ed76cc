"""People of a case at the desk."""
