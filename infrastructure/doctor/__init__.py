"""What is wrong with an installation, or with what it is to stand on, and how to mend it."""
