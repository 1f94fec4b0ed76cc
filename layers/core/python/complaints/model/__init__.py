"""The state of a case and its parts."""
