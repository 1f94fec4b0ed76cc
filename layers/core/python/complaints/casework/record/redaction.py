"""Confidentiality (clause 4): texts that must not be stored are redacted, and the chain still verifies.

The chain holds a commitment to each private value; the value itself is removed with the fact that says so.
"""

from collections.abc import Iterable, Iterator
from typing import Annotated

from msgspec import Meta
from msgspec.structs import replace

from complaints.audit_trail import hash_chain
from complaints.audit_trail.hash_chain import Passage, StoredEntry
from complaints.case.complaint import Complaint
from complaints.case.fact import Fact
from complaints.case.facts import MESSAGES
from complaints.case.people.parties import ComplainantJoined
from complaints.case.record.redaction import Redacted
from complaints.casework.command import ALL, ANY, Group, StaffCommand, StaffDeclaration
from complaints.casework.people.conflicts_of_interest import must_have_no_interest
from complaints.casework.people.contact_details import CORRECTABLE, WITH_DETAILS
from complaints.casework.record.erasure import must_not_be_held
from complaints.context.case import Removal
from complaints.context.decision_context import Context
from complaints.values.errors import Invalid, Refusal, StillNeeded, Wrong
from complaints.values.field_types import LongText
from complaints.values.people import Role

EntryNumber = Annotated[int, Meta(ge=1, le=999_999)]


class Redact(StaffCommand, frozen=True, kw_only=True):
    """Removes for good what was written in one message, note, finding or other entry.

    `message` is the number of the entry: the `id` of a message, the `number` of a fact. Number 1 is the
    complaint itself: its text is removed, its complainant stays. The text is then gone from every page,
    letter and record; that it was there, who removed it and why is still shown. A message of a case that
    became part of another is named at that case.
    """

    verb = "redact"
    message: EntryNumber
    reason: LongText


NO_SENTENCES = ("own_fields",)
"""Words in a form of their own, in which no placeholder can stand."""


def redact(complaint: Complaint, command: Redact, context: Context) -> list[Fact]:
    """Blacks the words of an entry out; nothing follows when they are already.

    Raises `Invalid` for an entry without words, `StillNeeded` for one that a letter is still to tell.
    """
    if command.message in complaint.redacted:
        return []
    passage = context.passage
    if passage is None or passage.entry.number != command.message or not places(passage.entry, complaint):
        raise Invalid(Wrong("/message", "no-such-message"))
    if passage.is_on_its_way or _is_still_to_be_sent(complaint, command.message):
        raise StillNeeded
    return [Redacted(at=context.now, by=context.by, entry=command.message, reason=command.reason)]


def can_be_redacted(complaint: Complaint, context: Context) -> Refusal | None:
    """No legal hold is in force, neither on the case nor on the one that it is part of."""
    held = must_not_be_held(complaint, context)
    if held is None and context.other_case:
        held = must_not_be_held(context.other_case.complaint, context)
    return must_have_no_interest(complaint, context) or held


def words_of(fact: Fact) -> Iterator[str]:
    """The fields of a fact that hold text which a person wrote."""
    return (name for name in fact.PRIVATE if name not in fact.UNREDACTED and getattr(fact, name) is not None)


def removed_of(fact: Fact, entry: int, complaint: Complaint) -> Iterator[str]:
    """The fields of a fact that a redaction of its entry removes: words, and details that hold no more."""
    yield from words_of(fact)
    if isinstance(fact, ComplainantJoined):
        is_over = all(each.id != fact.id for each in complaint.joint)
        yield from (name for name in fact.PRIVATE if is_over and getattr(fact, name) is not None)
    elif isinstance(fact, WITH_DETAILS):
        holds = {name for name in CORRECTABLE if getattr(complaint.contact, name) == entry}
        waits = complaint.contact.proposed
        if waits and waits.entry == entry:
            holds.add("email")
        details = (name for name in fact.PRIVATE if name in CORRECTABLE and name not in holds)
        yield from (name for name in details if getattr(fact, name) is not None)


def places(entry: StoredEntry, complaint: Complaint) -> frozenset[str]:
    """Where what a redaction removes of an entry stands that is still there."""
    written = (
        hash_chain.where(place, fact, name)
        for place, fact in enumerate(hash_chain.decode(entry.data).facts)
        for name in removed_of(fact, entry.number, complaint)
    )
    return frozenset(written) & frozenset(entry.private)


def with_words_for_gone(fact: Fact, placeholder: str) -> Fact:
    """An opened fact in which a placeholder stands where words were removed."""
    gone = [name for name in words_of(fact) if getattr(fact, name) == "" and name not in NO_SENTENCES]
    return replace(fact, **dict.fromkeys(gone, placeholder)) if gone else fact


def removals(facts: Iterable[Fact], passage: Passage | None, complaint: Complaint) -> Iterator[Removal]:
    """What is removed from the store with these facts."""
    for fact in facts:
        if isinstance(fact, Redacted):
            assert passage is not None, "the rule refuses what it is not shown"
            gone = places(passage.entry, complaint)
            yield Removal(
                entry=fact.entry,
                left={at: value for at, value in passage.entry.private.items() if at not in gone},
                is_message=any(
                    isinstance(text, MESSAGES) for text in hash_chain.decode(passage.entry.data).facts
                ),
                letters=passage.letters,
                mails=tuple(mail.emptied for mail in passage.mails),
            )


def _is_still_to_be_sent(complaint: Complaint, entry: int) -> bool:
    """Whether it holds the reasons of a decision that is still to be sent to the complainant."""
    decision = complaint.decision
    if decision is None or decision.told_at is not None:
        return False
    return entry in {decision.entry, *(point.entry for point in decision.points)}


STAFF = (
    StaffDeclaration(
        Redact,
        redact,
        ALL,
        can_be_redacted,
        feedback=ANY,
        when_merged=True,
        roles=frozenset({Role.REVIEWER}),
        group=Group.RECORD,
        place=10,
        asked_twice=True,
        summary="Redacts one entry: its text is removed permanently",
        example={"message": 4, "reason": "It names another customer."},
    ),
)
