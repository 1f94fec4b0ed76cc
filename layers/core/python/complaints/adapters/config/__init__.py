"""Environment, secrets, shipped data, logs and the system clock."""
