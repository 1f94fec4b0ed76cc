"""The file of all that is held of a person is made in steps, one for each case."""
