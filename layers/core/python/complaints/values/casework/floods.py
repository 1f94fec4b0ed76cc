"""A flood: very many complaints that a machine sent, closed together by two people (clauses 7.2 and 7.9)."""

from datetime import datetime
from enum import StrEnum

STEP = 100
"""How many cases are closed between two notes of how far it is."""

SAMPLES = 20
"""How many cases are drawn for people to look at before."""


CROWD = 5
"""From how many cases on it is said that they came from one group of networks, or from one mail domain: fewer
tell of a person."""


def network_name(day: datetime, group: int) -> str:
    """What a group of networks is called: groups are drawn anew each day (UTC).

    >>> network_name(datetime(2026, 3, 2, 9), 417)
    '2026-03-02.417'
    """
    return f"{day:%Y-%m-%d}.{group}"


class LeftOut(StrEnum):
    """Why a case is not closed with a flood: there may be a person behind it, or somebody saw to it.

    It is a request about personal data, which the law wants answered; it is hidden from some, or who
    complains is sealed; the site knows the person; they need care; they sent files or a message; somebody
    worked on it, or it is in a state that a machine does not end. One that failed is named in the log.
    """

    DATA_REQUEST = "data_request"
    SENSITIVE = "sensitive"
    KNOWN = "known"
    CARE = "care"
    FILES = "files"
    MESSAGE = "message"
    WORKED_ON = "worked_on"
    FAILED = "failed"
