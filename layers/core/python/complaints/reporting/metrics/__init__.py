"""Figures: what is counted of cases, and what the counts add up to."""
