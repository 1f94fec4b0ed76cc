"""Continual improvement (clause 8.7): corrective actions and their effect."""
