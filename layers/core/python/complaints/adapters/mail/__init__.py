"""MIME messages, SES, and inbound mail."""
