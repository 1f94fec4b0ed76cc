"""What each function may do, and which secrets it reads."""
