"""What a request holds, parsed and validated: bodies and parameters."""
