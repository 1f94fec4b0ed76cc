"""Clients that programs of others use: made of the description of the API."""
