"""Regulators' returns."""
