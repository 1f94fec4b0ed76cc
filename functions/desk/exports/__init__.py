"""Exports of cases and of their history."""
