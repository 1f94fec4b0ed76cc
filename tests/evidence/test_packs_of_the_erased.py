"""A pack with names is handed out no more once somebody in it is erased."""

from pathlib import Path
from types import SimpleNamespace
from typing import Any
from uuid import uuid4

import pytest

from complaints import erasure
from complaints.adapters.dynamodb.key_schema import case_pk, entry_sk
from complaints.case.people.parties import LettersWanted
from complaints.case.record.erasure import ErasureGround
from complaints.casework.command import Command
from complaints.casework.people.joint_complaints import AddComplainant
from complaints.casework.record.party_erasure import EraseParty
from complaints.context.decision_context import Context
from complaints.management.evaluation.evidence_packs import FetchPack, People
from complaints.management.record import ManagementRecord
from complaints.values.people import Actor
from functions.use_cases.cases.party_passages import passages_of
from functions.use_cases.management.evidence_files import address_of, has_erased, pack_key
from functions.use_cases.management.management_records import records_context
from functions.workers.case_stream import follow_cases
from tests.builders import PAULA, RUTH
from tests.evidence.made_pack import AYLA, made, ordered
from tests.evidence.tamperings import House


def fetched(house: House, tmp_path: Path, people: People) -> ManagementRecord:
    """A pack that was made and asked for: its address is given out."""
    reason: dict[str, Any] = {} if people is People.NONE else {"reason": "The audit reads words."}
    record = ordered(house.world, uuid4().hex, people=people, **reason)
    made(house.world, record, tmp_path / "pack.zip")
    record = house.world.management_records.load(record.kind, record.id)
    context = records_context(house.world, record, AYLA)
    record = house.world.records_service.carry_out(record, FetchPack(), context)
    assert address_of(house.world, record, AYLA)
    return record


def carried_out(house: House, by: Actor, command: Command, party: str | None = None) -> None:
    """Staff do something to the second case."""
    case = house.world.cases.load(house.second_case)
    assert case is not None
    passages = tuple(passages_of(house.world, party, case.complaint)) if party else ()
    terms = house.world.sites.terms("demo")
    context = Context(now=house.world.now(), by=by, terms=terms, passages=passages)
    house.world.casework.carry_out(case, command, context)


def key_of_last(house: House) -> dict[str, dict[str, str]]:
    """The key of the last entry of the second case, as the stream tells it."""
    number = house.world.cases.entries(house.second_case)[-1].number
    return {"pk": {"S": case_pk(house.second_case)}, "sk": {"S": entry_sk(number)}}


@pytest.mark.parametrize("people", [People.SAMPLE, People.ALL])
def test_a_pack_with_the_names_of_an_erased_case_is_removed_and_not_handed_out(
    house: House, tmp_path: Path, people: People
) -> None:
    record = fetched(house, tmp_path, people)
    house.erase(house.first_case)
    assert has_erased(house.world, record)
    assert address_of(house.world, record, AYLA) is None
    assert house.world.pack_files.read(pack_key(record)) is None


def test_a_pack_without_names_stays_when_a_case_in_it_is_erased(house: House, tmp_path: Path) -> None:
    record = fetched(house, tmp_path, People.NONE)
    house.erase(house.first_case)
    assert address_of(house.world, record, AYLA)


def test_a_pack_is_not_handed_out_once_one_of_several_people_in_it_is_erased(
    house: House, tmp_path: Path
) -> None:
    record = fetched(house, tmp_path, People.SAMPLE)
    day = house.world.now()
    house.files.put(f"{erasure.FOLDER}{day:%Y/%m/%d}/{house.first_case}.9-3f1c0a9be27d.json", b"{}", "")
    assert address_of(house.world, record, AYLA) is None


@pytest.mark.parametrize("people", [People.SAMPLE, People.ALL])
def test_a_pack_is_removed_at_once_when_one_of_several_people_in_it_is_erased(
    house: House, tmp_path: Path, people: People
) -> None:
    command: Any = AddComplainant(name="Bob", email="bob@example.org", letters=LettersWanted.ALL)
    carried_out(house, RUTH, command)
    (bob,) = house.mails.installation.complaint(house.second_case).joint
    record = fetched(house, tmp_path, people)
    house.follow()
    command = EraseParty(party=bob.id, ground=ErasureGround.CONSENT_WITHDRAWN)
    carried_out(house, PAULA, command, bob.id)
    told: Any = [
        SimpleNamespace(sequence_number="1", keys=key_of_last(house), new_image=None, event_name="INSERT")
    ]
    assert follow_cases(told) == {"batchItemFailures": []}
    assert house.world.pack_files.read(pack_key(record)) is None
    assert has_erased(house.world, record)


def test_an_erasure_of_a_case_that_is_not_in_a_pack_leaves_it(house: House, tmp_path: Path) -> None:
    record = fetched(house, tmp_path, People.SAMPLE)
    day = house.world.now()
    house.files.put(f"{erasure.FOLDER}{day:%Y/%m/%d}/C-AAAAA-AAAAA-A.json", b"{}", "")
    assert address_of(house.world, record, AYLA)
