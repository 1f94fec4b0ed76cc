"""Rules for two cases at once: links and merges."""
