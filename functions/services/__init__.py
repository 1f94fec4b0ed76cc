"""Use cases that several entry points share."""
