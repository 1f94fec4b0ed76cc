"""Casework, what may be done with a case: of each subject of `case` its commands and rules."""
