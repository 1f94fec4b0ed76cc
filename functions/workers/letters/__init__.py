"""Letters of the outbox: each is sent once, and what became of it is settled."""
