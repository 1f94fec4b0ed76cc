"""The conformity matrix: what ISO 10002 asks, what the product does about it, and the tests that show it."""
