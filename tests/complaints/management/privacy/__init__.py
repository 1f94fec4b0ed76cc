"""Tests of requests of people about their data, and of the file of a person."""
