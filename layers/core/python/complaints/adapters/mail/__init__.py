"""MIME messages, SES, and mail that comes in."""
