"""Working calendars: holidays, opening hours, time zones, durations."""
