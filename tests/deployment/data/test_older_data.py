"""What older data lacks is put right once, and doing it again changes nothing."""

from typing import Any

from msgspec.structs import replace

from complaints import erasure
from complaints.adapters.dynamodb.key_schema import data_key_pk, waiting_mail_sk, waiting_mails_pk
from complaints.adapters.dynamodb.models import DataKeyItem, MailItem
from complaints.adapters.dynamodb.record_items import to_record_item
from complaints.case.correspondence.mail import MailOutcome
from complaints.case.people.parties import LettersWanted
from complaints.case.record.erasure import ErasureGround
from complaints.casework.people.joint_complaints import AddComplainant
from complaints.casework.record.party_erasure import ErasePartyAgain
from complaints.context.decision_context import Context
from complaints.handling.service import Submission
from complaints.management.privacy.personal_data import IdentityCheck, PersonalData
from complaints.management.privacy.privacy_requests import PrivacyRequest
from complaints.management.record import ManagementRecord, RecordKind
from complaints.values.field_types import DataRight, Feedback
from complaints.values.people import COMPLAINANT, MACHINE
from functions.use_cases.cases.party_passages import passages_of
from infrastructure.cli.data.begin_requests import begin_requests
from infrastructure.cli.data.index_orders import index_orders
from infrastructure.cli.data.index_waiting_mails import index_waiting_mails
from infrastructure.cli.data.list_erased_people import list_erased_people
from tests.builders import GRACE, MONDAY, receive
from tests.complaints.checkpoints.fakes import HeldEvidence
from tests.faults.test_erasure import a_mail, does
from tests.installation import opened


def test_what_was_ordered_before_there_was_an_index_of_orders_is_found_by_its_maker(table: str) -> None:
    with opened(table) as installation:
        content = PersonalData(
            cases=("C-1",), identity=IdentityCheck.CALLED_BACK, ordered_by="Paula", ordered_at=MONDAY
        )
        record = ManagementRecord(
            kind=RecordKind.PERSONAL_DATA, id="demo.before", number=1, version=1, seal="s", content=content
        )
        item = to_record_item(record)
        item.due_pk = item.due_sk = None
        item.save()
        waiting = installation.world.management_records.waiting
        assert waiting(MONDAY) == []
        assert index_orders() == 1
        assert waiting(MONDAY) == [record]
        assert index_orders() == 0


def test_whoever_was_erased_apart_by_an_earlier_release_is_put_on_the_list(table: str) -> None:
    evidence = HeldEvidence()
    with opened(table, evidence=evidence) as installation:
        reference = installation.take("several")
        does(installation, reference, GRACE, AddComplainant(name="Eve Roth", letters=LettersWanted.NONE))
        assert list_erased_people() == 0
        case = installation.world.cases.load(reference)
        assert case is not None
        [eve] = case.complaint.joint
        context = Context(
            now=MONDAY,
            by=MACHINE,
            terms=installation.world.sites.terms("demo"),
            passages=tuple(passages_of(installation.world, eve.id, case.complaint)),
        )
        again = ErasePartyAgain(party=eve.id, ground=ErasureGround.OBJECTED)
        installation.world.casework.carry_out(case, again, context)
        assert [list_erased_people(), list_erased_people()] == [1, 1]
    [(listed, _)] = erasure.listed(evidence)
    assert (listed.reference, listed.party) == (reference, eve.id)


def test_a_request_that_was_open_before_there_were_records_of_them_gets_its_own(table: str) -> None:
    with opened(table) as installation:
        installation.take("a complaint")
        asked: dict[str, Any] = {"feedback": Feedback.PERSONAL_DATA, "data_right": DataRight.ACCESS}
        context = Context(now=MONDAY, by=COMPLAINANT, terms=installation.world.sites.terms("demo"))
        submission = Submission(site="demo", key="a request", body="b")
        taken = installation.world.casework.receive(receive(**asked), context, submission)
        reference = taken.case.complaint.reference
        assert [begin_requests(), begin_requests()] == [1, 1]
        records = installation.world.management_records
        record = records.load(RecordKind.PRIVACY_REQUEST, f"demo.{reference.lower()}")
    assert isinstance(record.content, PrivacyRequest)
    assert (record.number, record.content.of_case, record.content.right) == (1, reference, "access")


def test_mails_that_waited_before_keep_their_case_and_those_of_machines_keep_none(table: str) -> None:
    with opened(table) as installation:
        of_person, of_machine = installation.take("a person"), installation.take("a machine")
        written = a_mail(of_person, "raw-1", id="1" * 64)
        inbox = installation.world.inbound_mail
        inbox.keep(replace(written, outcome=MailOutcome.FROM_ANOTHER))
        inbox.keep(replace(written, id="2" * 64, reference=of_machine, outcome=MailOutcome.AUTOMATIC))
        inbox.keep(a_mail(of_person, "raw-3", id="3" * 64))
        for item in list(MailItem.scan()):
            is_of_machine = item.case == of_machine
            item.due_pk = waiting_mails_pk("demo") if is_of_machine else None
            item.due_sk = waiting_mail_sk(of_machine, MONDAY) if is_of_machine else None
            item.save()
        waiting = installation.world.retention.waiting_mail
        assert (waiting("demo", of_person), waiting("demo", of_machine)) == (None, MONDAY)
        assert index_waiting_mails() == 2
        assert (waiting("demo", of_person), waiting("demo", of_machine)) == (MONDAY, None)
        assert index_waiting_mails() == 0


def test_a_mail_that_cannot_be_read_goes_on_keeping_its_case(table: str) -> None:
    """Its key may be brought back; until then nobody knows that it keeps nothing."""
    with opened(table) as installation:
        reference = installation.take("a person")
        written = replace(a_mail(reference, "raw-1"), outcome=MailOutcome.FROM_ANOTHER)
        installation.world.inbound_mail.keep(written)
        DataKeyItem.get(data_key_pk(reference)).delete()
        assert index_waiting_mails() == 0
        assert installation.world.retention.waiting_mail("demo", reference) == MONDAY
