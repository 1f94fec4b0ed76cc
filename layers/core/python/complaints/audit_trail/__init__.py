"""The hash chain of stored entries."""
