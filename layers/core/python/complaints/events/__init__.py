"""The events that a case consists of, and how older shapes are read."""
