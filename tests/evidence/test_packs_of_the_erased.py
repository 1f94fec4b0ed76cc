"""A pack with names is handed out no more once somebody in it is erased."""

from pathlib import Path
from typing import Any
from uuid import uuid4

import pytest

from complaints.erasure import erasure_list
from complaints.management.evaluation.evidence_packs import FetchPack, People
from complaints.management.record import ManagementRecord
from functions.services.management.evidence_files import address_of, has_erased, pack_key
from functions.services.management.management_records import records_context
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
    house.files.put(f"{erasure_list.FOLDER}{day:%Y/%m/%d}/{house.first_case}.9-3f1c0a9be27d.json", b"{}", "")
    assert address_of(house.world, record, AYLA) is None


def test_an_erasure_of_a_case_that_is_not_in_a_pack_leaves_it(house: House, tmp_path: Path) -> None:
    record = fetched(house, tmp_path, People.SAMPLE)
    day = house.world.now()
    house.files.put(f"{erasure_list.FOLDER}{day:%Y/%m/%d}/C-AAAAA-AAAAA-A.json", b"{}", "")
    assert address_of(house.world, record, AYLA)
