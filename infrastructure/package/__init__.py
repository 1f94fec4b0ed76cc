"""What is deployed, laid out and packed: the functions and two layers."""
