"""Screenshots of what people see, for the documentation; their browser is the one of the tests."""
