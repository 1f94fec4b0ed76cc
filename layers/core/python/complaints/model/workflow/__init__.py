"""The work on a case: tasks, corrective actions, and a danger that was acted on."""
