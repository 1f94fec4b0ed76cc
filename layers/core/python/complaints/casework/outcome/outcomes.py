"""Outcomes and remedies (clause 7.7) as the site offers them, for a whole complaint or one point of it."""

from collections.abc import Iterator
from datetime import date

from complaints.values.codes import Code, CodeList, Codes
from complaints.values.errors import Wrong
from complaints.values.field_types import Remedy

MOST_REMEDIES = 20


def decided_outcome(name: str, codes: Codes) -> Code | None:
    """The outcome with this code, if the site decides by it."""
    decided = codes.find(CodeList.OUTCOMES, name)
    return decided if decided and decided.is_offered else None


def wrong_remedies(
    remedies: tuple[Remedy, ...], today: date, codes: Codes, of_points: tuple[Remedy, ...] = ()
) -> list[Wrong]:
    """What is wrong with remedies, each by its place; those `of_points` have none in what was sent."""
    wrong = []
    if len(remedies) + len(of_points) > MOST_REMEDIES:
        wrong.append(Wrong("/remedies", "too-many", MOST_REMEDIES))
    for place, remedy in enumerate(remedies[:MOST_REMEDIES]):
        faults = _faults_of(remedy, today, codes)
        wrong += (Wrong(f"/remedies/{place}/{name}", code) for name, code in faults)
    if any(fault for remedy in of_points for fault in _faults_of(remedy, today, codes)):
        wrong.append(Wrong("", "remedies-of-points"))
    return wrong


def _faults_of(remedy: Remedy, today: date, codes: Codes) -> Iterator[tuple[str, str]]:
    if not codes.offers(CodeList.REMEDIES, remedy.kind):
        yield "kind", "unknown-value"
    if remedy.amount and not remedy.currency:
        yield "currency", "missing"
    if remedy.by and remedy.by < today:
        yield "by", "past"
