"""Tests of alarms, themes and corrective actions."""
