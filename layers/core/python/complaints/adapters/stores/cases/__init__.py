"""A case and what lies beside it: the case itself, its messages, who is at it, commands on many."""
