"""Delivery of letters: addresses, rate limits, signatures, what became of a mail."""
