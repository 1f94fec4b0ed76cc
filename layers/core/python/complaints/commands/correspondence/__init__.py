"""Commands about letters, mail and notices."""
