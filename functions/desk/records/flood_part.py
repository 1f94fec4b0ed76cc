"""What the page of the closing of a flood shows beside its fields: how far it is, and cases to look at."""

from datetime import datetime, tzinfo
from typing import Any, NamedTuple
from urllib.parse import urlencode

from babel.numbers import format_decimal

from complaints.handling.permissions import may
from complaints.management.evaluation.shared import content_of
from complaints.management.flood_closings import Crowd, FloodClosing
from complaints.management.record import ManagementRecord
from complaints.management.service import allowed
from functions.desk.records.forms import FormWords
from functions.desk.records.records import OpenedRecord


class CrowdRow(NamedTuple):
    """Where many came from, how many at least, and what the form of a closing of these alone begins with."""

    name: str
    cases: str
    begins_with: str


def values(deps: object, at: OpenedRecord, words: FormWords) -> dict[str, Any]:
    """Its state, and the samples, which whoever may read cases looks at; and where most came from."""
    content = content_of(at.record, FloodClosing)
    crowds = {"networks": content.from_networks, "domain": content.from_domains}
    return {
        "state": _state(content),
        "samples": content.samples,
        "may_read": may(at.by.roles, "read_case"),
        "may_propose": "propose" in allowed(ManagementRecord(kind=at.record.kind, id=at.record.id), at.by),
        "crowds": {
            field: [_row(words, at.record.site, content, field, each) for each in found]
            for field, found in crowds.items()
            if found
        },
    }


def _row(words: FormWords, site: str, content: FloodClosing, field: str, crowd: Crowd) -> CrowdRow:
    since, until = (as_typed(each, words.zone) for each in (content.since, content.until))
    asked = {"site": site, "since": since, "until": until, "words": content.words}
    asked |= {"category": content.category, "domain": content.domain, "networks": "\n".join(content.networks)}
    begins_with = urlencode({name: value for name, value in (asked | {field: crowd.name}).items() if value})
    return CrowdRow(crowd.name, format_decimal(crowd.cases, locale=words.language), begins_with)


def as_typed(at: datetime, zone: tzinfo) -> str:
    """A moment as an input for moments takes it, in the time of a zone: to the millisecond, where it is not a
    whole second. (HTML, "Valid local date and time string".)"""
    local = at.astimezone(zone).replace(tzinfo=None)
    return local.isoformat(timespec="milliseconds" if local.microsecond else "seconds")


def _state(content: FloodClosing) -> str:
    if content.ended_at:
        return "ended"
    if content.is_counting:
        return "counting"
    return "closing" if content.is_closing else "counted"
