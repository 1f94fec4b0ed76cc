"""What is done with many cases, or with one whenever something happens in it."""
