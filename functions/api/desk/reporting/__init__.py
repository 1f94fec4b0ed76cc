"""Figures, reports and regulators' returns, for staff."""
