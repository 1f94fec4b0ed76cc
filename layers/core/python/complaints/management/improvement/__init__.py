"""Learning from complaints (clauses 8.2 and 8.7): alarms of trends, themes, and corrective actions."""
