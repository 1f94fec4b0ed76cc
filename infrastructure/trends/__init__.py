"""What the trend rule does: its rate of false alarms and its power, by simulation, in `docs/trends.md`."""
