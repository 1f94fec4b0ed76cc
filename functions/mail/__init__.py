"""What the outbox, the deliveries and the inbox share: letters, webhooks, digests, caps, sorting."""
