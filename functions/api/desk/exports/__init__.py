"""Exports of cases."""
