"""A mail from the address in force shows whose it is, and no earlier one does."""

import pytest
from msgspec.structs import replace

from complaints.case.complaint import Complaint
from complaints.case.correspondence.letter import PROPOSED_ADDRESS, Letter, LetterKind
from complaints.case.people.contact_details import ContactEntries
from complaints.letters.first_letters import is_shown_by_mail
from complaints.values.field_types import Channel
from tests.builders import MONDAY


@pytest.mark.parametrize(
    ("channel", "address_of", "last_mail", "is_shown"),
    [
        (Channel.WEB, 1, None, False),
        (Channel.WEB, 1, 2, True),
        (Channel.WEB, 3, 2, False),
        (Channel.WEB, 3, 4, True),
        (Channel.EMAIL, 1, None, True),
        (Channel.EMAIL, 2, None, False),
    ],
)
def test_s67_a_mail_since_the_address_holds_shows_that_it_is_theirs(
    channel: Channel, address_of: int, last_mail: int | None, is_shown: bool
) -> None:
    complaint = Complaint(
        reference="C-7K3M9-QX2HT-7",
        channel=channel,
        contact=ContactEntries(email=address_of),
        last_mail=last_mail,
    )
    receipt = Letter(
        id="000001.1",
        kind=LetterKind.ACKNOWLEDGEMENT,
        reference=complaint.reference,
        site="demo",
        language="en",
        to="complainant",
        called_for=MONDAY,
        received_at=MONDAY,
    )
    assert is_shown_by_mail(receipt, complaint) == is_shown
    to_proposed = replace(receipt, kind=LetterKind.CONFIRM_ADDRESS, to=PROPOSED_ADDRESS)
    assert not is_shown_by_mail(to_proposed, complaint), "whoever asks names any address"
