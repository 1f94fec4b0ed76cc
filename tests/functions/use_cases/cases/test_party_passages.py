"""What `erase_party` finds of the complainant: also mails that leave nothing of the person in their entry."""

from collections.abc import Iterator
from typing import cast

import pytest
from msgspec.structs import replace

from complaints.case.correspondence.mail import MailOutcome, file_id
from complaints.case.people.parties import AuthorityStep, LettersWanted
from complaints.case.record.attachments import FileType
from complaints.casework.correspondence.messages import AddByMail
from complaints.casework.people.joint_complaints import AddComplainant
from complaints.casework.people.parties import Represent
from complaints.casework.record.attachments import Attach
from complaints.casework.record.redaction import Redact
from complaints.context.ports import Files
from complaints.values.people import COMPLAINANT
from functions.use_cases.cases.case_command import entry_named_by as named_by
from functions.use_cases.cases.party_passages import passages_of
from tests.builders import GRACE
from tests.complaints.checkpoints.fakes import HeldEvidence
from tests.faults.test_erasure import Removals, a_mail, does
from tests.installation import Installation, opened

WORDS = "It stands in the hallway."


@pytest.fixture
def installation(table: str) -> Iterator[Installation]:
    with opened(table, files=cast("Files", Removals()), evidence=HeldEvidence()) as installation:
        yield installation


def wrote(installation: Installation, message_id: str | None, **told: str) -> str:
    """A case in which the complainant wrote once by mail, and once on the page."""
    reference = installation.take(f"mail {message_id}", **told)
    joint = AddComplainant(name="Eve Roth", letters=LettersWanted.NONE)
    does(installation, reference, GRACE, joint)
    does(installation, reference, COMPLAINANT, AddByMail(text=WORDS, message_id=message_id))
    does(installation, reference, COMPLAINANT, AddByMail(text="On the page."))
    mail = a_mail(reference, "inbound-raw")
    installation.world.inbound_mail.keep(replace(mail, text=WORDS, message_id=message_id))
    return reference


@pytest.mark.parametrize("message_id", ["<1@example.org>", None])
def test_a_mail_goes_with_its_writer_whether_it_has_a_message_id_or_not(
    installation: Installation, message_id: str | None
) -> None:
    reference = wrote(installation, message_id)
    assert raw_of(installation, reference, "complainant") == ["inbound-raw"]


def test_a_mail_of_nothing_but_files_goes_with_its_writer_once(installation: Installation) -> None:
    reference = wrote(installation, "<1@example.org>")
    mail = replace(a_mail(reference, "files-raw"), id="3" * 64, text="", kept=("a.txt", "b.txt"))
    for place in (0, 1):
        file = Attach(id=file_id(mail.id, place), name=mail.kept[place], type=FileType.TEXT, size=9)
        does(installation, reference, COMPLAINANT, file)
    installation.world.inbound_mail.keep(mail)
    others = replace(mail, id="4" * 64, raw="others-raw", place=1)
    installation.world.inbound_mail.keep(others)
    assert sorted(raw_of(installation, reference, "complainant")) == ["files-raw", "inbound-raw"]


def test_a_mail_without_words_that_opened_a_case_goes_with_the_fact_that_names_it(
    installation: Installation,
) -> None:
    """Else who redacts the name of its file would take what the first entry still names."""
    mail = replace(
        a_mail("", "subject-raw"), id="5" * 64, outcome=MailOutcome.OPENED, subject=WORDS, digest="0" * 64
    )
    reference = installation.take("subject", description=WORDS, raw=mail.as_it_came)
    mail = replace(mail, reference=reference, kept=("a.txt",))
    file = Attach(id=file_id(mail.id, 0), name="a.txt", type=FileType.TEXT, size=9)
    does(installation, reference, COMPLAINANT, file)
    installation.world.inbound_mail.keep(mail)
    complaint = installation.complaint(reference)
    found = {}
    for number in (1, complaint.number):
        passage = named_by(installation.world, Redact(message=number, reason="A name."), complaint)
        assert passage
        found[number] = [each.raw for each in passage.mails]
    assert found == {1: ["subject-raw"], complaint.number: []}


def test_mails_stay_where_whoever_is_represented_is_erased(installation: Installation) -> None:
    """Also the one without a Message-ID that opened the case, whose entry says who is represented."""
    reference = wrote(installation, None, represented="Ada Roth")
    represent = Represent(represented="Ada Roth", authority=AuthorityStep.CHECKED, evidence="A letter.")
    does(installation, reference, GRACE, represent)
    opened_it = replace(a_mail(reference, "opened"), outcome=MailOutcome.OPENED, id="2" * 64)
    installation.world.inbound_mail.keep(opened_it)
    assert raw_of(installation, reference, "represented") == []
    assert "opened" in raw_of(installation, reference, "complainant")


def raw_of(installation: Installation, reference: str, party: str) -> list[str]:
    """Where the mails lie as they came that go with one of several people."""
    passages = tuple(passages_of(installation.world, party, installation.complaint(reference)))
    assert passages
    return [mail.raw for each in passages for mail in each.mails]
