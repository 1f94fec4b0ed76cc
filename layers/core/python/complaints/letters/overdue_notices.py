"""Letters to the complainant about a promise that may be late or is late: the reason, and where to go."""

from collections.abc import Iterable

from complaints.clocks.external_bodies import body_of, open_until
from complaints.clocks.lifecycle import ANSWER
from complaints.events.clocks import EscalationRaised, ReminderRaised
from complaints.events.event import Fact
from complaints.letters.case_ended import invitation
from complaints.letters.draft import draft
from complaints.model.complaint import Complaint
from complaints.model.letter import Letter, LetterKind
from complaints.promise_packs.schema import SURVEY
from complaints.site.site import SiteTerms

COMPLAINANT, SIGNPOST = "complainant", "external_signpost"
_OWNER, _TEAM = "owner", "team"


def to_complainant(
    complaint: Complaint, fact: ReminderRaised | EscalationRaised, terms: SiteTerms, place: str
) -> Letter | None:
    """The letter of a rung to the complainant; `None` for a rung to staff.

    Where neither pack nor site names an external body, staff get the notice instead.
    """
    clock = complaint.clock(fact.clock)
    if clock.purpose == SURVEY and fact.to == COMPLAINANT:
        return invitation(complaint, fact.at, place)
    pack = next((pack for pack in terms.packs if pack.id == clock.pack), None)
    body = body_of(pack, terms) if pack else terms.site.external_body
    is_known = body is not None or (pack is not None and pack.external_body is not None)
    kinds = {COMPLAINANT: LetterKind.PROGRESS} | ({SIGNPOST: LetterKind.SIGNPOST} if is_known else {})
    kind = LetterKind.REMINDER if clock.purpose == ANSWER else kinds.get(fact.to)
    if kind is None:
        return None
    is_ours = kind is not LetterKind.REMINDER
    return draft(
        complaint,
        kind,
        place,
        fact.at,
        clock=clock.purpose,
        due=clock.due,
        late=clock.due < fact.at,
        external_body=body if is_ours else None,
        outside_until=open_until(complaint, fact.at, terms, pack=clock.pack) if is_ours else None,
    )


def is_overtaken(complaint: Complaint, fact: Fact, facts: Iterable[Fact]) -> bool:
    """Whether a reminder comes so late that the same entry holds the notice of the miss."""
    return isinstance(fact, ReminderRaised) and any(
        isinstance(other, EscalationRaised)
        and (other.clock, other.withheld_until) == (fact.clock, None)
        and _reader(complaint, other) == _reader(complaint, fact)
        for other in facts
    )


def _reader(complaint: Complaint, fact: ReminderRaised | EscalationRaised) -> str:
    return _TEAM if fact.to == _OWNER and complaint.assignee is None else fact.to
