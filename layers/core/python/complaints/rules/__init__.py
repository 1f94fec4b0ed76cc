"""Rules that several stages share."""
