"""Evidence packs are made in steps: each invocation goes on where the one before it ended."""
