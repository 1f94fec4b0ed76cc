"""Amounts of time as answers have them."""

from datetime import timedelta


def duration(time: timedelta) -> str:
    """ISO 8601, in hours at most and to the second: `PT27H30M`."""
    minutes, seconds = divmod(int(time.total_seconds()), 60)
    parts = zip((*divmod(minutes, 60), seconds), "HMS", strict=True)
    return "PT" + ("".join(f"{n}{unit}" for n, unit in parts if n) or "0S")
