"""Joint complaints: several people complain of one thing, and each gets the letters that were agreed."""

from msgspec.structs import replace

from complaints.commands.people.parties import AddComplainant, RemoveComplainant
from complaints.context.decision_context import Context
from complaints.delivery.email_address import mail_address
from complaints.events.event import Fact
from complaints.events.people.parties import ComplainantJoined, ComplainantLeft
from complaints.model.complaint import Complaint
from complaints.model.people.parties import JointComplainant, LettersWanted
from complaints.rules.conflicts_of_interest import must_have_no_interest
from complaints.values.errors import Invalid, NotNow, Wrong

MOST_JOINT = 10


def add(complaint: Complaint, command: AddComplainant, context: Context) -> list[Fact]:
    """Adds a person. Raises `Invalid` for the eleventh, and without an address for letters."""
    address = mail_address(command.email) if command.email else None
    if command.email and address is None:
        raise Invalid(Wrong("/email", "not-a-mail-address"))
    if not (address or command.post) and command.letters is not LettersWanted.NONE:
        raise Invalid(Wrong("/email", "missing"))
    if len(complaint.joint) >= MOST_JOINT:
        raise Invalid(Wrong("/name", "too-many", MOST_JOINT))
    return [
        ComplainantJoined(
            at=context.now,
            by=context.by,
            id=f"j{complaint.number + 1}",
            letters=command.letters,
            name=command.name,
            email=address,
            phone=command.phone,
            post=command.post,
        )
    ]


def remove(complaint: Complaint, command: RemoveComplainant, context: Context) -> list[Fact]:
    """Removes a person. Raises `Invalid` for somebody who does not complain here."""
    if not any(each.id == command.complainant for each in complaint.joint):
        raise Invalid(Wrong("/complainant", "unknown-value"))
    return [ComplainantLeft(at=context.now, by=context.by, id=command.complainant)]


def can_be_removed(complaint: Complaint, context: Context) -> NotNow | None:
    """Somebody complains together with the complainant."""
    return must_have_no_interest(complaint, context) if complaint.joint else NotNow()


def joined(complaint: Complaint, fact: ComplainantJoined) -> Complaint:
    new = JointComplainant(
        id=fact.id, entry=complaint.number + 1, letters=fact.letters, on_paper=fact.email is None
    )
    return replace(complaint, joint=(*complaint.joint, new))


def left(complaint: Complaint, fact: ComplainantLeft) -> Complaint:
    return replace(complaint, joint=tuple(each for each in complaint.joint if each.id != fact.id))
