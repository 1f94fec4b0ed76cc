"""The only code that knows AWS, the system clock and the environment."""
