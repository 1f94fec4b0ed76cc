"""Tasks of people and units, and corrective actions."""
