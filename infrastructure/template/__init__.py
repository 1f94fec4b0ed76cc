"""The SAM template as data: one module for each question that a reader of the stack has."""
