"""The work that staff do on a case: assignment, tasks, corrective actions, safety, as data."""
