"""Outcomes and remedies (clause 7.7) as the site offers them, for a whole complaint or one point of it."""

from datetime import date

from complaints.values.codes import Code, CodeList, Codes
from complaints.values.errors import Wrong
from complaints.values.field_types import Remedy

MOST_REMEDIES = 20


def decided_outcome(name: str, codes: Codes) -> Code | None:
    """The outcome with this code, if the site decides by it."""
    decided = codes.find(CodeList.OUTCOMES, name)
    return decided if decided and decided.is_offered else None


def wrong_remedies(remedies: tuple[Remedy, ...], today: date, codes: Codes) -> list[Wrong]:
    """What is wrong with remedies, each by its place."""
    wrong = []
    if len(remedies) > MOST_REMEDIES:
        wrong.append(Wrong("/remedies", "too-many", MOST_REMEDIES))
    for place, remedy in enumerate(remedies[:MOST_REMEDIES]):
        if not codes.offers(CodeList.REMEDIES, remedy.kind):
            wrong.append(Wrong(f"/remedies/{place}/kind", "unknown-value"))
        if remedy.amount and not remedy.currency:
            wrong.append(Wrong(f"/remedies/{place}/currency", "missing"))
        if remedy.by and remedy.by < today:
            wrong.append(Wrong(f"/remedies/{place}/by", "past"))
    return wrong
