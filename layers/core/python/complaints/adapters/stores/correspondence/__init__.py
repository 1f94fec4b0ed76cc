"""Letters on their way, webhooks, inbound mails, and the caps on them."""
