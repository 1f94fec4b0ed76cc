"""Joint complaints: several people complain of one thing, and each gets the letters that were agreed."""

from complaints.case.complaint import Complaint
from complaints.case.fact import Fact
from complaints.case.people.parties import ComplainantJoined, ComplainantLeft, LettersWanted
from complaints.casework.command import ALL, ANY, Group, StaffCommand, StaffDeclaration
from complaints.casework.people.conflicts_of_interest import must_have_no_interest
from complaints.context.decision_context import Context
from complaints.delivery.email_address import mail_address
from complaints.values.errors import Invalid, NotNow, Wrong
from complaints.values.field_types import ShortText, Text
from complaints.values.people import CASE_ROLES


class AddComplainant(StaffCommand, frozen=True, kw_only=True):
    """Somebody complains together with the complainant, and gets these letters by mail."""

    verb = "add_complainant"
    name: ShortText
    email: str | None = None
    phone: ShortText | None = None
    post: Text | None = None
    letters: LettersWanted


class RemoveComplainant(StaffCommand, frozen=True, kw_only=True):
    """Somebody no longer complains together with the complainant."""

    verb = "drop_complainant"
    complainant: ShortText


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


STAFF = (
    StaffDeclaration(
        AddComplainant,
        add,
        ALL,
        must_have_no_interest,
        feedback=ANY,
        roles=CASE_ROLES,
        group=Group.PEOPLE,
        place=70,
        own_labels=("name", "email", "phone", "post", "letters"),
        summary="Adds somebody who complains together with the complainant",
        example={"name": "Bob Okafor", "email": "bob@example.org", "letters": "decision"},
    ),
    StaffDeclaration(
        RemoveComplainant,
        remove,
        ALL,
        can_be_removed,
        feedback=ANY,
        roles=CASE_ROLES,
        group=Group.PEOPLE,
        place=80,
        summary="Removes somebody who complained together with the complainant",
        example={"complainant": "j7"},
    ),
)
