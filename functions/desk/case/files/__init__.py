"""Files of a case at the desk."""
