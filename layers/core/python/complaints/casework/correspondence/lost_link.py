"""Links to the complainant's page (clause 4: confidentiality): a lost one is sent once more, to the address
on record and to no other; one that somebody else has is renewed or withdrawn."""

import hmac

from complaints.case.complaint import Complaint
from complaints.case.correspondence.letters import LinkAsked, LinkChanged
from complaints.case.fact import Fact
from complaints.casework.command import ALL, ANY, Command, Group, StaffCommand, StaffDeclaration
from complaints.casework.people.conflicts_of_interest import must_have_no_interest
from complaints.casework.people.contact_details import CONFIRMED_WITHIN, MOST_BY_PERSON
from complaints.context.decision_context import Context
from complaints.values.errors import NotNow, Refusal, StaysAnonymous, TooMany
from complaints.values.field_types import LinkChange, Text, Way
from complaints.values.people import CASE_ROLES


class AskLink(Command, frozen=True, kw_only=True):
    """A person who gave the complainant's address has lost the link to the complaint."""

    verb = "ask_link"


class ChangeLink(StaffCommand, frozen=True, kw_only=True):
    """All links to the complainant's page end; a new one goes to the address on record, or none."""

    verb = "change_link"
    change: LinkChange
    reason: Text


class ChangeOwnLink(Command, frozen=True, kw_only=True):
    """The complainant ends all links to the page, for another one or for good."""

    verb = "change_own_link"
    change: LinkChange


def ask(complaint: Complaint, command: AskLink, context: Context) -> list[Fact]:
    """Calls for a letter with the link."""
    return [LinkAsked(at=context.now, by=context.by)]


def can_be_sent(complaint: Complaint, context: Context) -> NotNow | None:
    """There is an address that mail still reaches, and a link. One that was withdrawn is not sent: whoever
    reads the mails of the person may be the one whom it was withdrawn from."""
    return None if Way.MAIL in complaint.reach and not complaint.link_withdrawn else NotNow()


def can_be_changed(complaint: Complaint, context: Context) -> Refusal | None:
    """Staff have a way to tell the person of the new one: whoever stays anonymous has none but the link."""
    return StaysAnonymous() if complaint.is_anonymous else must_have_no_interest(complaint, context)


def change_own(complaint: Complaint, command: ChangeOwnLink, context: Context) -> list[Fact]:
    """As `change`, by the complainant, who can always withdraw them. Raises `TooMany` for another one beyond
    what a person may correct: each is an entry, and a letter."""
    is_another = command.change is LinkChange.RENEW
    if is_another and complaint.links_renewed_by_person >= MOST_BY_PERSON:
        raise TooMany(int(CONFIRMED_WITHIN.total_seconds()))
    return change(complaint, command, context)


def change(complaint: Complaint, command: ChangeLink | ChangeOwnLink, context: Context) -> list[Fact]:
    """Ends all links, the new one of a renewal excepted."""
    reason = command.reason if isinstance(command, ChangeLink) else None
    return [LinkChanged(at=context.now, by=context.by, change=command.change, reason=reason)]


def is_address(named: str, on_record: str) -> bool:
    """Whether the address is the one on record, in any case of letters.

    >>> is_address("Ada@Example.org", "ada@example.org"), is_address("", "")
    (True, False)
    """
    return bool(named) and hmac.compare_digest(named.lower().encode(), on_record.lower().encode())


def goes_whatever_is_typed(complaint: Complaint) -> bool:
    """Whether asking for the link must not tell staff, who see that it was asked for, whether an address is
    the person's. Of an erased case nothing goes, and nothing is seen."""
    return complaint.sealed and complaint.erasure is None


STAFF = (
    StaffDeclaration(
        ChangeLink,
        change,
        ALL,
        can_be_changed,
        feedback=ANY,
        roles=CASE_ROLES,
        group=Group.PEOPLE,
        place=35,
        asked_twice=True,
        summary="Ends all links to the complainant's page, and sends a new one or none",
        example={"change": "renew", "reason": "Somebody else has the link."},
    ),
)
