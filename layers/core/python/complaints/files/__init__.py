"""Files of a case: offered, uploaded, looked at, kept or refused."""
