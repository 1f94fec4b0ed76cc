"""Mail by SES: sending, delivery events, inbound mail, and the domains."""
