"""The release before this one, beside it: on the same table, at the same time."""
