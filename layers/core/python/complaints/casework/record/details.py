"""Details of a complaint can be added and put right (GDPR, article 16), such as answers to own fields.

What was told first stays in its entry. The details themselves are private values of the entries that
`Complaint.details` names. Product, order number and place are said by `classify`.
"""

from collections.abc import Iterable, Iterator, Sequence
from typing import Annotated

from msgspec import Meta
from msgspec.structs import replace

from complaints.case.complaint import Complaint
from complaints.case.fact import Fact
from complaints.case.process.receipt import Received
from complaints.case.record.details import DETAILS, OWN, DetailsCorrected
from complaints.casework.command import ALL, ANY, WHY, Group, StaffCommand, StaffDeclaration
from complaints.casework.people.conflicts_of_interest import must_have_no_interest
from complaints.casework.people.contact_details import receipt_in_force
from complaints.context.decision_context import Context
from complaints.values.errors import Invalid, Wrong
from complaints.values.field_types import ShortText, Text
from complaints.values.own_fields import LONGEST_TEXT, OwnField, read_stored, stored, wrong_answers
from complaints.values.people import CASE_ROLES
from complaints.values.text.normalization import nfc

MOST_ANSWERS = 20
"""As many as a site has own fields."""

Answer = Annotated[str, Meta(max_length=2 * LONGEST_TEXT, pattern=r"^[^\x00-\x1f\x7f-\x9f]*$(?!\n)")]


class CorrectDetails(StaffCommand, frozen=True, kw_only=True):
    """An earlier reference, what was taken elsewhere, and answers to own fields; what is not named stays.

    `fields` are answers by the codes of the site's own fields. `remove` is a detail that no longer holds:
    `earlier_reference`, `taken_elsewhere`, or `fields.` with the code of an own field.
    """

    verb = "correct_details"
    earlier_reference: ShortText | None = None
    taken_elsewhere: Text | None = None
    fields: Annotated[dict[str, Answer], Meta(max_length=MOST_ANSWERS)] | None = None
    remove: ShortText | None = None
    reason: Text


def correct(complaint: Complaint, command: CorrectDetails, context: Context) -> list[Fact]:
    """Records what holds from now on. Raises `Invalid`, also where nothing would change."""
    fields = context.terms.site.fields
    answers = {code: text for code, value in (command.fields or {}).items() if (text := nfc(value).strip())}
    wrong = [
        *wrong_answers(fields, answers, complaint.category, is_complete=False),
        *_wrong_removal(fields, answers, command),
    ]
    if not (answers or command.earlier_reference or command.taken_elsewhere or command.remove):
        wrong.append(Wrong("", "nothing-to-change"))
    if wrong:
        raise Invalid(*wrong)
    return [
        DetailsCorrected(
            at=context.now,
            by=context.by,
            earlier_reference=command.earlier_reference,
            taken_elsewhere=command.taken_elsewhere,
            own_fields=stored(answers),
            answered=tuple(sorted(answers)),
            removed=(command.remove,) if command.remove else (),
            reason=command.reason,
            sealed=complaint.sealed,
        )
    ]


def _wrong_removal(
    fields: Iterable[OwnField], answers: Iterable[str], command: CorrectDetails
) -> Iterator[Wrong]:
    name = command.remove
    if name is None:
        return
    if name not in {*DETAILS, *(f"{OWN}{field.code}" for field in fields)}:
        yield Wrong("/remove", "unknown-value")
    elif name.removeprefix(OWN) in answers or (name in DETAILS and getattr(command, name)):
        yield Wrong("/remove", "twice")


def told_in_force(facts: Sequence[tuple[int, Fact]], complaint: Complaint) -> Received | None:
    """What the complainant told first, with the contact details and the details in force.

    `facts` are those of the entries that `contact` and `details` of the complaint name, or of more. `None`
    where the first entry is not among them.
    """
    receipt = receipt_in_force(facts, complaint.contact)
    corrections = {number: fact for number, fact in facts if isinstance(fact, DetailsCorrected)}
    if receipt is None or not corrections:
        return receipt
    details = complaint.details
    found = {
        name: getattr(corrections.get(at or 0), name, None)
        for name in DETAILS
        if (at := getattr(details, name)) != 1
    }
    own = read_stored(receipt.own_fields)
    for code, at in details.fields.items():
        answer = read_stored(corrections[at].own_fields).get(code) if at in corrections else None
        own = own | {code: answer} if answer else {each: own[each] for each in own if each != code}
    return replace(receipt, **found, own_fields=stored(own))


STAFF = (
    StaffDeclaration(
        CorrectDetails,
        correct,
        ALL,
        must_have_no_interest,
        feedback=ANY,
        roles=CASE_ROLES,
        group=Group.PEOPLE,
        place=7,
        own_labels=("remove", "reason"),
        summary="Adds or corrects details: an earlier reference, what was taken elsewhere, own fields",
        example={"earlier_reference": "C-2ABCD-EFGHJ-R", "fields": {"serial_number": "4711"}, "reason": WHY},
    ),
)
