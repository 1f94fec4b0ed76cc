"""Erasure of one of several people of a case (GDPR, Article 17): their own data goes, the case of the others
goes on, and its chain still verifies.

Such a person is the complainant, who may act for somebody or complain together with others; somebody who
joined them; or whoever is represented. Of each, what says who they are and how they are reached is removed,
and their letters as they were rendered. What was written about the matter stays, because it is the others'
case, too: `redact` removes the words of an entry that are about this person alone.
"""

from collections.abc import Collection, Iterable, Iterator
from datetime import datetime

from complaints.audit_trail import hash_chain
from complaints.audit_trail.hash_chain import Passage, StoredEntry
from complaints.case.complaint import Complaint
from complaints.case.correspondence.inbound_mail import MailJoined
from complaints.case.correspondence.letter import FORMER_ADDRESS, JOINT, PROPOSED_ADDRESS
from complaints.case.correspondence.messages import MessageReceived
from complaints.case.fact import Fact
from complaints.case.facts import MESSAGES
from complaints.case.people.parties import ComplainantJoined
from complaints.case.record.attachments import AttachmentOffered
from complaints.case.record.erasure import COMPLAINANT, REPRESENTED, ErasureGround, PartyErased
from complaints.casework.command import ALL, ANY, Command, Group, StaffCommand, StaffDeclaration
from complaints.casework.people.conflicts_of_interest import must_have_no_interest
from complaints.casework.record.erasure import must_not_be_held, must_not_be_wanted
from complaints.context.case import Removal
from complaints.context.decision_context import Context
from complaints.delivery.delivery_state import DeliveryState
from complaints.values.errors import Invalid, NotNow, Refusal, RemediesOwed, StillNeeded, Wrong
from complaints.values.field_types import ShortText
from complaints.values.people import Role
from complaints.values.text.normalization import match_key


class EraseParty(StaffCommand, frozen=True, kw_only=True):
    """Erases the data of one of several people of the case, and leaves that of the others.

    `party` is `complainant` (who may act for somebody, or complain together with others), `represented` (for
    whom the complainant acts), or the id of somebody who complains together with the complainant. Who they
    are and how they are reached goes, with their letters; what was written about the matter stays, unless you
    redact it. The case of the others goes on. It cannot be undone.
    """

    verb = "erase_party"
    party: ShortText
    ground: ErasureGround


class ErasePartyAgain(Command, frozen=True, kw_only=True):
    """A restore brought back the data of one of several people of a case that was erased apart: it goes
    again, whatever keeps it."""

    verb = "erase_party_again"
    party: ShortText
    ground: ErasureGround


MOST_REMOVED = 90
"""Of how many items of the table something is removed at once: a transaction has a hundred at most."""

_LETTERS_OF = {COMPLAINANT: ("complainant", FORMER_ADDRESS, PROPOSED_ADDRESS), REPRESENTED: ()}


def erase_party(complaint: Complaint, command: EraseParty, context: Context) -> list[Fact]:
    """Removes the data of one person; `context.passages` are the entries that hold it.

    Raises `Invalid` for somebody of whom nothing is held, or in too many entries and mails for one write (to
    redact some before takes their mails away), `RemediesOwed` for the complainant to whom anything is owed,
    `StillNeeded` while a letter to the person is on its way.
    """
    if not context.passages:
        raise Invalid(Wrong("/party", "unknown-value"))
    if command.party == COMPLAINANT and complaint.remedies_owed:
        raise RemediesOwed
    return [_party_erased(complaint, command, context)]


def erase_party_again(complaint: Complaint, command: ErasePartyAgain, context: Context) -> list[Fact]:
    """Nothing follows where nothing is held. Raises `StillNeeded` while a letter to the person is on its way,
    and `Invalid` as above."""
    return [_party_erased(complaint, command, context)] if context.passages else []


def _party_erased(
    complaint: Complaint, command: EraseParty | ErasePartyAgain, context: Context
) -> PartyErased:
    of_an_entry = 2 if complaint.sealed else 1
    if sum(of_an_entry + len(passage.mails) for passage in context.passages) > MOST_REMOVED:
        raise Invalid(Wrong("/party", "too-many", MOST_REMOVED))
    if any(passage.is_on_its_way for passage in context.passages):
        raise StillNeeded
    entries = tuple(passage.entry.number for passage in context.passages)
    return PartyErased(
        at=context.now,
        by=context.by,
        party=command.party,
        ground=command.ground,
        entries=entries,
        letters=tuple(sorted({id for passage in context.passages for id in passage.letters})),
    )


def can_be_erased(complaint: Complaint, context: Context) -> Refusal | None:
    """Somebody else is in the case, too; no legal hold is in force, and nobody wants it kept. Where there is
    nobody else, the case itself is erased."""
    if not besides_complainant(complaint):
        return NotNow()
    return (
        must_have_no_interest(complaint, context)
        or must_not_be_held(complaint, context)
        or must_not_be_wanted(complaint)
    )


def besides_complainant(complaint: Complaint) -> tuple[str, ...]:
    """Who is in the case besides the complainant: who is represented, if staff noted it, and who joined."""
    is_represented = complaint.authority or complaint.contact.represented > 1
    return (*((REPRESENTED,) if is_represented else ()), *(each.id for each in complaint.joint))


def details_of(fact: Fact, party: str) -> Iterator[str]:
    """The private fields of a fact that are the data of this person, where they say anything; of a mail that
    joined, those of whoever wrote it."""
    names: tuple[str, ...] = ()
    if party == COMPLAINANT:
        names = fact.OF_COMPLAINANT
    elif party == REPRESENTED:
        names = fact.OF_REPRESENTED
    elif isinstance(fact, ComplainantJoined) and fact.id == party:
        names = fact.PRIVATE
    elif isinstance(fact, MailJoined):
        names = ("sender",)
    yield from (name for name in names if getattr(fact, name) is not None)


def addresses_of(entries: Iterable[StoredEntry], party: str) -> frozenset[str]:
    """The mail addresses, as they are compared, of somebody who joined: mails from these are theirs. For the
    complainant those of all who joined: other mails are the complainant's."""
    return frozenset(
        match_key(email)
        for entry in entries
        for place, fact in enumerate(hash_chain.decode(entry.data).facts)
        if isinstance(fact, ComplainantJoined) and party in (COMPLAINANT, fact.id)
        if (email := entry.private.get(hash_chain.where(place, fact, "email"), ("", ""))[1])
    )


def places(entry: StoredEntry, party: str, addresses: Collection[str] = ()) -> frozenset[str]:
    """Where data of this person stands in an entry that is still there, with `addresses_of` the case."""
    return frozenset(
        at
        for place, fact in enumerate(hash_chain.decode(entry.data).facts)
        for name in details_of(fact, party)
        if (at := hash_chain.where(place, fact, name)) in entry.private
        if not isinstance(fact, MailJoined)
        or (match_key(entry.private[at][1]) in addresses) is not (party == COMPLAINANT)
    )


def was_erased(entries: Iterable[StoredEntry], party: str, since: datetime) -> bool:
    """Whether the entries say that the data of this person was erased at a moment, or later."""
    facts = (fact for entry in entries for fact in hash_chain.decode(entry.data).facts)
    return any(isinstance(fact, PartyErased) and fact.party == party and fact.at >= since for fact in facts)


def may_have_written(party: str) -> bool:
    """Whether this person may have sent mails to the case: for whoever is represented, others write."""
    return party != REPRESENTED


def may_be_mail_of(party: str, facts: Iterable[Fact]) -> bool:
    """Whether a mail of this person may have brought an entry that holds nothing of their data: one without a
    Message-ID leaves its words alone, one without words a file, and the mail itself says who wrote it."""
    brought = (MessageReceived, AttachmentOffered)
    return party == COMPLAINANT and any(isinstance(fact, brought) for fact in facts)


def is_to(state: DeliveryState, party: str, entries: Iterable[int]) -> bool:
    """Whether a letter is to this person; `entries` are those that hold their data."""
    letter = state.letter
    if party in _LETTERS_OF:
        return letter.to in _LETTERS_OF[party]
    return letter.to == JOINT and letter.address_entry in set(entries)


def removals(fact: PartyErased, passages: Iterable[Passage]) -> Iterator[Removal]:
    """What is removed from the store with the fact."""
    found = tuple(passages)
    addresses = addresses_of((passage.entry for passage in found), fact.party)
    for passage in found:
        gone = places(passage.entry, fact.party, addresses)
        facts = hash_chain.decode(passage.entry.data).facts
        yield Removal(
            entry=passage.entry.number,
            left={at: value for at, value in passage.entry.private.items() if at not in gone},
            is_message=any(isinstance(each, MESSAGES) for each in facts),
            mails=tuple(mail.emptied for mail in passage.mails),
        )


STAFF = (
    StaffDeclaration(
        EraseParty,
        erase_party,
        ALL,
        can_be_erased,
        feedback=ANY,
        when_restricted=True,
        roles=frozenset({Role.PRIVACY}),
        group=Group.RECORD,
        place=35,
        asked_twice=True,
        own_labels=("ground",),
        summary="Erases the data of one of several people of the case, and leaves that of the others",
        example={"party": "j7", "ground": "consent_withdrawn"},
    ),
)
