"""Contact details of the complainant can be corrected (GDPR, article 16): letters go to those in force.

The details themselves are private values of the entries that `Complaint.contact` names.
"""

from collections.abc import Iterable

from msgspec.structs import replace

from complaints.commands.contact import CorrectContact
from complaints.context.decision_context import Context
from complaints.delivery.email_address import mail_address
from complaints.events.case import Received
from complaints.events.contact import ContactCorrected
from complaints.events.event import Fact
from complaints.model.complaint import Complaint
from complaints.model.contact_entries import CONTACT_DETAILS
from complaints.values.errors import Invalid, Wrong
from complaints.values.field_types import Way

WAYS = {"email": Way.MAIL, "phone": Way.TELEPHONE, "post": Way.POST}
"""The way that a contact detail opens."""


def correct(complaint: Complaint, command: CorrectContact, context: Context) -> list[Fact]:
    """Records what holds from now on. Raises `Invalid`, also where nothing would change."""
    new: dict[str, str] = {
        name: value for name in CONTACT_DETAILS if (value := getattr(command, name)) is not None
    }
    if wrong := list(_wrong(command, new, context)):
        raise Invalid(*wrong)
    if "email" in new:
        new["email"] = mail_address(new["email"]) or ""
    if command.remove:
        new[command.remove] = ""
    is_told = "email" in new and command.tell_former and Way.MAIL in complaint.reach
    return [
        ContactCorrected(
            at=context.now,
            by=context.by,
            **new,
            language=command.language,
            kind=command.kind,
            preferred_way=Way(command.preferred_way) if command.preferred_way else None,
            reach=_reach(complaint, new),
            former=complaint.contact.email if is_told else None,
            reason=command.reason,
        )
    ]


def _wrong(command: CorrectContact, new: dict[str, str], context: Context) -> Iterable[Wrong]:
    if "email" in new and mail_address(new["email"]) is None:
        yield Wrong("/email", "not-a-mail-address")
    if command.language and command.language not in context.terms.site.languages:
        yield Wrong("/language", "not-spoken")
    if command.remove and command.remove in new:
        yield Wrong("/remove", "twice")
    if not (new or command.remove or command.language or command.kind or command.preferred_way):
        yield Wrong("", "nothing-to-change")


def _reach(complaint: Complaint, new: dict[str, str]) -> tuple[Way, ...]:
    """The ways that are left, and those that new details open, in the order of their kinds."""
    changed = {WAYS[name]: bool(value) for name, value in new.items() if name in WAYS}
    return tuple(way for way in Way if changed.get(way, way in complaint.reach))


def corrected(complaint: Complaint, fact: ContactCorrected) -> Complaint:
    """Whoever reads the former mail address cannot open the case any more."""
    named = {
        name: complaint.number + 1
        for name in (*CONTACT_DETAILS, "preferred_way")
        if getattr(fact, name) is not None
    }
    return replace(
        complaint,
        contact=replace(complaint.contact, **named),
        reach=fact.reach,
        language=fact.language or complaint.language,
        kind=fact.kind or complaint.kind,
        links_renewed=complaint.links_renewed + ("email" in named),
    )


def receipt_in_force(facts: Iterable[Fact]) -> Received | None:
    """What the complainant told first, with the contact details as they were corrected since.

    The facts are those of the entries that `Complaint.contact` names, or more, in their order. `None` where
    the first entry is not among them.
    """
    receipt = None
    for fact in facts:
        if isinstance(fact, Received):
            receipt = fact
        elif isinstance(fact, ContactCorrected) and receipt:
            new = {name: value for name in CONTACT_DETAILS if (value := getattr(fact, name)) is not None}
            receipt = replace(
                receipt,
                **{name: value or None for name, value in new.items()},
                preferred_way=fact.preferred_way or receipt.preferred_way,
            )
    return receipt
