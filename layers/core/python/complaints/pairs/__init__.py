"""Two cases at once: links, merges, and the write path of both."""
