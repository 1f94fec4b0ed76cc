"""The file of a person, of which a case is erased while it is being made."""

from datetime import timedelta
from types import SimpleNamespace
from typing import Any

import pytest
from msgspec.structs import replace

from complaints.case.complaint import Complaint
from complaints.case.record.erasure import Erasure, ErasureGround
from complaints.evidence.pack_work import Stage
from complaints.management.privacy.personal_data import IdentityCheck, PersonalData
from complaints.management.record import ManagementRecord, RecordKind
from functions.use_cases.management.evidence_files import pack_key, progress_key, remove_erased, work_key
from functions.workers.personal_data.person_stages import PersonBuilding, finish
from tests.builders import MONDAY, TERMS, TUESDAY
from tests.complaints.evidence.fakes import KeptPacks

CASES = ("C-1", "C-2")
DATA = PersonalData(cases=CASES, identity=IdentityCheck.IN_PERSON, ordered_by="paula", ordered_at=MONDAY)
RECORD = ManagementRecord(kind=RecordKind.PERSONAL_DATA, id="demo.ada", content=DATA)
ERASED = Erasure(requested_at=TUESDAY, ground=ErasureGround.NOT_NEEDED)


class Deps(SimpleNamespace):
    """What the making uses; the cases named in `erased` are being erased."""

    def __init__(self, erased: set[str]) -> None:
        complaints = {
            name: Complaint(reference=name, erasure=ERASED if name in erased else None) for name in CASES
        }
        found = {name: SimpleNamespace(complaint=each) for name, each in complaints.items()}
        super().__init__(
            now=lambda: TUESDAY,
            pack_files=KeptPacks(),
            sites=SimpleNamespace(terms=lambda site: TERMS),
            cases=SimpleNamespace(load_all=lambda names: {name: found[name] for name in names}),
        )


def whole(deps: Any) -> PersonBuilding:
    """A file of which all is sent."""
    building = PersonBuilding(deps, RECORD, DATA, TUESDAY + timedelta(minutes=1))
    building.archive.add("C-1/index.html", b"Ada Lovelace")
    building.archive.close()
    building.sender.send_rest()
    building.go_on(cases=len(CASES), stage=Stage.FINISH)
    return building


def test_it_is_begun_anew_where_a_case_in_it_was_erased_before_its_end() -> None:
    deps: Any = Deps(erased={"C-1"})
    building = whole(deps)
    finish(building)
    assert deps.pack_files.read(pack_key(RECORD)) == b""
    assert (building.work.stage, building.work.cases, building.work.archive.files) == (Stage.CASES, 0, ())


@pytest.mark.parametrize(
    ("made_at", "erased", "left_out", "is_there"),
    [
        (TUESDAY, set(), 0, True),
        (TUESDAY, {"C-1"}, 0, False),
        (TUESDAY, {"C-1"}, 1, True),
        (None, {"C-1"}, None, False),
    ],
)
def test_an_erasure_removes_what_has_its_case_in_it(
    made_at: Any, erased: set[str], left_out: int | None, is_there: bool
) -> None:
    deps: Any = Deps(erased)
    keys = (pack_key(RECORD), work_key(RECORD), progress_key(RECORD))
    for key in keys:
        deps.pack_files.save(key, b"Ada Lovelace")
    remove_erased(deps, replace(RECORD, content=replace(DATA, made_at=made_at, left_out=left_out)), "C-1")
    assert [deps.pack_files.read(key) is not None for key in keys] == [is_there] * 3
