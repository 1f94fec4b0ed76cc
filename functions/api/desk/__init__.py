"""The API for staff who work on cases."""
