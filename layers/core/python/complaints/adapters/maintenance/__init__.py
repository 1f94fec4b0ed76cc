"""Heads and figures made again from the stored facts."""
