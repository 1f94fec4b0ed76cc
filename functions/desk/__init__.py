"""The desk: surface by surface, the JSON API beside its pages."""
