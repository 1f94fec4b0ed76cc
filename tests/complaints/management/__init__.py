"""Tests of the management system."""
