"""Use cases that several surfaces and workers share."""
