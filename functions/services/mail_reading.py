"""Reads a mail for whoever works with it: one that cannot be read is not lost."""

from complaints.adapters.config import telemetry
from complaints.adapters.container import world
from complaints.model.inbound_mail import Arrival, Incoming


def read(raw: bytes, arrival: Arrival) -> Incoming:
    """The mail; where its reader fails, what says so.

    What strangers send has more ways to be broken than anybody knows, and what fails once fails each time
    that it is tried again.
    """
    here = world()
    try:
        return here.ses.read(raw, arrival)
    except Exception as error:
        telemetry.failure("mail cannot be read", error, raw=arrival.key)
        return here.ses.unreadable(raw)
