"""Time as promises count it: calendars, clocks, due moments, and why each is what it is."""
