"""Contact details of the complainant can be corrected (GDPR, article 16): letters go to those in force.

The details themselves are private values of the entries that `Complaint.contact` names.
"""

from collections.abc import Iterable
from datetime import timedelta
from enum import StrEnum
from typing import Literal

from msgspec.structs import replace

from complaints.case.complaint import Complaint
from complaints.case.fact import Fact
from complaints.case.people.contact_details import (
    _OF_CONTACT,
    CONTACT_DETAILS,
    ContactCorrected,
    ContactEntries,
    MailAddressConfirmed,
    MailAddressProposed,
)
from complaints.case.people.parties import RepresentationRecorded
from complaints.case.process.receipt import Received
from complaints.casework.command import ALL, ANY, WHY, Command, Group, StaffCommand, StaffDeclaration
from complaints.casework.people.conflicts_of_interest import must_have_no_interest
from complaints.context.decision_context import Context
from complaints.delivery.email_address import mail_address
from complaints.values.errors import IdentitySealed, Invalid, NotNow, TooMany, Wrong
from complaints.values.field_types import ComplainantKind, Language, PreferredWay, ShortText, Text, Way
from complaints.values.people import CASE_ROLES
from complaints.values.text.normalization import match_key


class ContactDetail(StrEnum):
    """A contact detail by which a person is reached."""

    EMAIL = "email"
    PHONE = "phone"
    POST = "post"


class CorrectContact(StaffCommand, frozen=True, kw_only=True):
    """Puts right what is held of the complainant; what is not named stays.

    `remove` is a detail that no longer holds. The former mail address is told that it was changed, unless
    `tell_former` says otherwise: somebody else may read it.
    """

    verb = "correct_contact"
    name: ShortText | None = None
    email: str | None = None
    phone: ShortText | None = None
    post: Text | None = None
    language: Language | None = None
    kind: ComplainantKind | None = None
    preferred_way: PreferredWay | None = None
    remove: ContactDetail | None = None
    tell_former: bool = True
    reason: Text


class CorrectOwnContact(Command, frozen=True, kw_only=True):
    """The complainant's own correction; a mail address holds once it is confirmed by a letter to it."""

    verb = "correct_own_contact"
    name: ShortText | None = None
    email: str | None = None
    phone: ShortText | None = None
    post: Text | None = None
    language: Language | None = None
    preferred_way: PreferredWay | None = None
    remove: Literal["phone", "post"] | None = None


class ConfirmAddress(Command, frozen=True, kw_only=True):
    """Whoever reads the proposed mail address confirms it."""

    verb = "confirm_address"


WAYS = {"email": Way.MAIL, "phone": Way.TELEPHONE, "post": Way.POST}
"""The way that a contact detail opens."""

CONFIRMED_WITHIN = timedelta(days=7)
"""How long a proposed mail address can be confirmed."""

WITH_ADDRESS = (Received, ContactCorrected, MailAddressProposed)
"""The facts that hold a mail address of the complainant."""


WITH_DETAILS = (*WITH_ADDRESS, RepresentationRecorded)
"""The facts that hold a detail of the person which can be corrected."""

CORRECTABLE = (*_OF_CONTACT, "represented", "relation")
"""These details: `ContactEntries` names the entry of each."""

MOST_BY_PERSON = 20
"""How often complainants correct their own details: each correction is an entry, and may be a letter."""


def address_of(facts: Iterable[Fact]) -> str | None:
    """The mail address that the facts of an entry give, as addresses are compared; none of one removed."""
    given = (mail_address(fact.email or "") for fact in facts if isinstance(fact, WITH_ADDRESS))
    return next((match_key(address) for address in given if address), None)


def correct(complaint: Complaint, command: CorrectContact, context: Context) -> list[Fact]:
    """Records what holds from now on. Raises `Invalid`, also where nothing would change.

    Raises `IdentitySealed` where it is sealed who complains: whoever could name another address would get the
    link to the person's own page.
    """
    new = _new_details(command, context)
    if new and complaint.sealed:
        raise IdentitySealed
    if not (new or command.language or command.kind or command.preferred_way):
        raise Invalid(Wrong("", "nothing-to-change"))
    is_told = "email" in new and command.tell_former and Way.MAIL in complaint.reach
    fact = _corrected(complaint, command, new, context)
    former = complaint.contact.email if is_told else None
    return [replace(fact, kind=command.kind, former=former, reason=command.reason)]


def correct_own(complaint: Complaint, command: CorrectOwnContact, context: Context) -> list[Fact]:
    """As `correct`, by the complainant: a mail address is proposed first. Raises `TooMany` beyond 20."""
    new = _new_details(command, context)
    if complaint.contact.by_person >= MOST_BY_PERSON:
        raise TooMany(int(CONFIRMED_WITHIN.total_seconds()))
    email = new.pop("email", None)
    facts: list[Fact] = []
    if new or command.language or command.preferred_way:
        facts.append(_corrected(complaint, command, new, context))
    if email:
        facts.append(MailAddressProposed(at=context.now, by=context.by, email=email))
    if not facts:
        raise Invalid(Wrong("", "nothing-to-change"))
    return facts


def confirm(complaint: Complaint, command: ConfirmAddress, context: Context) -> list[Fact]:
    """The proposed address holds from now on."""
    proposed = complaint.contact.proposed
    assert proposed is not None, "the gate has seen it"
    former = complaint.contact.email if Way.MAIL in complaint.reach else None
    return [MailAddressConfirmed(at=context.now, by=context.by, entry=proposed.entry, former=former)]


def can_be_confirmed(complaint: Complaint, context: Context) -> NotNow | None:
    """An address waits, and not for too long."""
    proposed = complaint.contact.proposed
    return None if proposed and context.now < proposed.at + CONFIRMED_WITHIN else NotNow()


def _new_details(command: CorrectContact | CorrectOwnContact, context: Context) -> dict[str, str]:
    """The details that the command names, an empty text for one that no longer holds. Raises `Invalid`."""
    new: dict[str, str] = {
        name: value for name in CONTACT_DETAILS if (value := getattr(command, name)) is not None
    }
    address = mail_address(new["email"]) if "email" in new else None
    wrong = {
        Wrong("/email", "not-a-mail-address"): "email" in new and address is None,
        Wrong("/language", "not-spoken"): (
            command.language is not None and command.language not in context.terms.site.languages
        ),
        Wrong("/remove", "twice"): command.remove in new,
    }
    if any(wrong.values()):
        raise Invalid(*(each for each, is_so in wrong.items() if is_so))
    if address:
        new["email"] = address
    return new | ({command.remove: ""} if command.remove else {})


def _corrected(
    complaint: Complaint, command: CorrectContact | CorrectOwnContact, new: dict[str, str], context: Context
) -> ContactCorrected:
    changed = {WAYS[name]: bool(value) for name, value in new.items() if name in WAYS}
    return ContactCorrected(
        at=context.now,
        by=context.by,
        name=new.get("name"),
        email=new.get("email"),
        phone=new.get("phone"),
        post=new.get("post"),
        language=command.language,
        preferred_way=Way(command.preferred_way) if command.preferred_way else None,
        reach=tuple(way for way in Way if changed.get(way, way in complaint.reach)),
    )


def receipt_in_force(facts: Iterable[tuple[int, Fact]], contact: ContactEntries) -> Received | None:
    """What the complainant told first, with the contact details in force.

    `facts` are those of the entries that `contact` names, or of more. `None` where the first entry is not
    among them.
    """
    receipt = None
    found: dict[str, str | Way | None] = {}
    for number, fact in facts:
        if isinstance(fact, Received):
            receipt = fact
        elif isinstance(fact, WITH_DETAILS):
            for name in CORRECTABLE:
                value = getattr(fact, name, None)
                if value is not None and getattr(contact, name) == number:
                    found[name] = value or None
    return replace(receipt, **found) if receipt else None


STAFF = (
    StaffDeclaration(
        CorrectContact,
        correct,
        ALL,
        must_have_no_interest,
        feedback=ANY,
        roles=CASE_ROLES,
        group=Group.PEOPLE,
        place=5,
        own_labels=(
            "name",
            "email",
            "phone",
            "post",
            "language",
            "kind",
            "preferred_way",
            "remove",
            "tell_former",
            "reason",
        ),
        summary="Corrects the complainant's contact details, language or kind",
        example={"email": "ngozi@example.org", "reason": WHY},
    ),
)
