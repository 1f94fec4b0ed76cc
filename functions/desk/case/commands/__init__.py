"""Handlers that carry commands of forms out."""
