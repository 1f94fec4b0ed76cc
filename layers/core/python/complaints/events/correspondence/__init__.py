"""Facts about letters, mail and the texts in them."""
