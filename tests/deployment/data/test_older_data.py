"""What older data lacks is put right once, and doing it again changes nothing."""

from complaints.adapters.dynamodb.record_items import to_record_item
from complaints.commands.people.parties import AddComplainant
from complaints.commands.record.erasure import ErasePartyAgain
from complaints.context.decision_context import Context
from complaints.erasure import erasure_list
from complaints.management.privacy.personal_data import IdentityCheck, PersonalData
from complaints.management.record import ManagementRecord, RecordKind
from complaints.model.people.parties import LettersWanted
from complaints.model.record.erasure import ErasureGround
from complaints.values.people import MACHINE
from functions.services.cases.party_passages import passages_of
from infrastructure.cli.data.index_orders import index_orders
from infrastructure.cli.data.list_erased_people import list_erased_people
from tests.builders import GRACE, MONDAY
from tests.complaints.checkpoints.fakes import HeldEvidence
from tests.faults.test_erasure import does
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
    [listed] = erasure_list.listed(evidence)
    assert (listed.reference, listed.party) == (reference, eve.id)
