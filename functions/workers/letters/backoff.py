"""Backoff of letters: how long one waits before it is tried again, and how often it is tried."""

from datetime import timedelta

RETRY_DELAYS = (timedelta(minutes=1), timedelta(minutes=5), timedelta(minutes=30), timedelta(hours=2))
"""How long a letter waits that the mail service does not take now, by the number of attempts."""

MOST_ATTEMPTS = 5
"""How often a letter that cannot be rendered is retried before the desk gets a notice."""

BOUNCE_DELAY = timedelta(hours=4)
"""How long a letter waits that came back for now: full mailboxes are emptied, and grey lists forget."""

MOST_BOUNCES = 5
"""How often a letter is sent that comes back each time, before it has failed."""
