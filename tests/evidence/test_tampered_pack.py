"""Packs of a record that somebody made to fit, or of one that goes on while they are made."""

import json
from collections.abc import Iterator
from pathlib import Path
from uuid import uuid4
from zipfile import ZipFile

import pytest

from complaints.adapters.dynamodb.key_schema import case_pk
from complaints.checkpoints.checkpoint_chain import names
from complaints.checkpoints.stamps.time_stamp import time_stamp_request
from complaints.management.evaluation.evidence_packs import People
from complaints.values.casework.retention import KeptData
from functions.workers.evidence.make_packs import TURN, make_evidence
from tests.complaints.checkpoints.fakes import HeldEvidence
from tests.evidence import seen_offline, tamperings
from tests.evidence.authority import Keys
from tests.evidence.made_pack import a_run, made, ordered
from tests.evidence.sealed_installation import (
    HOUR,
)
from tests.evidence.tamperings import House, change, excuse, kept, rendered, restate
from tests.evidence.verifier import Bare, loaded


def cut_and_excuse(house: House) -> None:
    """A tail is cut, the state fits, and a restore is stated by another key."""
    excuse(house)
    restate(house, house.first_case)


IN_A_PACK = [name for name, seen in seen_offline.TABLE.items() if seen.pack]
FILES_IN_A_PACK = [name for name, seen in seen_offline.STORE.items() if seen.pack]


@pytest.mark.parametrize("name", ["nothing", *IN_A_PACK])
@pytest.mark.iso10002("8.5 auditing: pack")
def test_s116_a_pack_of_a_record_that_was_tampered_with_does_not_fit(
    house: House, bare: Bare, tmp_path: Path, name: str
) -> None:
    if name in IN_A_PACK:
        tamperings.TABLE[name].does(house)
    for _ in range(2):
        house.seal()
    record = ordered(house.world, uuid4().hex, people=People.SAMPLE, reason="The audit reads words.")
    path = made(house.world, record, tmp_path / "pack.zip")
    code, said = bare(path)
    last = said.splitlines()[-1]
    if name == "nothing":
        assert (code, last) == (0, "EVERYTHING FITS.")
        assert "1 files of cases are those that their chains name" in said
    else:
        assert code == 1
        assert seen_offline.TABLE[name].pack in last
        assert house.first_case in last or house.second_case in last


@pytest.mark.parametrize("name", FILES_IN_A_PACK)
def test_s115_what_was_done_to_the_files_of_a_case_is_seen_in_a_pack(
    house: House, bare: Bare, tmp_path: Path, name: str
) -> None:
    tamperings.STORE[name].does(house)
    record = ordered(house.world, uuid4().hex, people=People.SAMPLE, reason="The audit reads words.")
    path = made(house.world, record, tmp_path / "pack.zip")
    code, said = bare(path)
    last = said.splitlines()[-1]
    assert (code, seen_offline.STORE[name].pack in last) == (1, True), said
    assert house.first_case in last


def test_s116_what_cannot_be_read_is_named_and_keeps_nothing_else_from_being_in_a_pack(
    house: House, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """A case and its row, a file, a letter, a record (with it its part), and the leaves of a checkpoint."""
    tamperings.BUCKET["leaves cannot be read"].does(house)
    change(case_pk(house.second_case), "head", state={"S": "{"}, row={"S": "{"})
    key = kept(house)
    house.mails.service.locked.add(key)
    change(*rendered(house), message={"B": b"?"}, to={"S": "?"})
    change("records#demo", "theme#demo.late-parcels", content={"S": "{"})
    record = ordered(house.world, uuid4().hex, people=People.SAMPLE, reason="The audit reads words.")
    path = made(house.world, record, tmp_path / "pack.zip")
    with ZipFile(path) as pack:
        index = json.loads(pack.read("index.json"))
        readme, page = (pack.read(name).decode() for name in ("README.txt", "index.html"))
        table = pack.read("11-verification/unreadable.csv").decode()
        register = pack.read("05-register/register-0001.csv").decode()
        names = pack.namelist()
    unreadable = {each["what"]: each["name"] for each in index["unreadable"]}
    assert unreadable["case"] == house.second_case
    assert unreadable["file"] == key.removeprefix("kept/")
    assert unreadable["part"] == "08-improvement"
    assert unreadable["checkpoint"].startswith("2026/")
    assert index["failed"] == [house.second_case]
    assert all(f"{each}" in told for each in unreadable.values() for told in (readme, table))
    assert "11-verification/unreadable.html" in page
    assert {house.first_case, house.second_case} <= set(register.replace(",", "\n").split())
    assert f"06-cases/{house.first_case}/index.html" in names
    assert f"06-cases/{house.second_case}/chain.jsonl" in names
    assert loaded().main([str(path)]) == 1
    said = capsys.readouterr().out
    assert all(f"{what} {name!r}" in said for what, name in unreadable.items())
    assert seen_offline.OWN_WORD in said.splitlines()[-1]


def test_s116_a_tail_that_is_cut_is_not_excused_by_somebody_elses_restore(
    house: House, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    cut_and_excuse(house)
    for _ in range(2):
        house.seal()
    path = made(house.world, ordered(house.world, uuid4().hex), tmp_path / "pack.zip")
    assert loaded().main([str(path)]) == 1
    assert f"case#{house.first_case}" in capsys.readouterr().out.splitlines()[-1]


def test_the_page_on_evidence_says_of_each_tampering_where_it_is_seen_offline() -> None:
    said = Path("docs/evidence.md").read_text()
    for done, tables in (
        (tamperings.TABLE, seen_offline.TABLE),
        (tamperings.STORE, seen_offline.STORE),
        (tamperings.BUCKET, seen_offline.BUCKET),
    ):
        assert done.keys() == tables.keys()
        for name, seen in tables.items():
            copy = "yes, with data keys" if seen.needs_keys else "yes" if seen.copy else "no"
            pack, bucket = ("yes" if words else "" for words in (seen.pack, seen.bucket))
            assert f"| {name} | {copy} | {pack} | {bucket} |\n" in said, name


def test_a_pack_has_the_checkpoints_that_were_there_when_it_was_ordered(
    house: House, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """Between its steps the case goes on, and a run that comes late seals hours of before and after it was
    ordered at once."""

    def goes_on() -> None:
        house.note(house.first_case, "Written after it was ordered.")
        house.follow()
        house.installation.clock.moment += HOUR
        house.seal()

    path = made(house.world, ordered(house.world, uuid4().hex), tmp_path / "pack.zip", goes_on)
    assert loaded().main([str(path)]) == 0, capsys.readouterr().out


def test_a_pack_fits_where_a_rule_of_retention_removes_files_while_it_is_made(
    house: House, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """The chain ends as the register says, before the removal; the file is gone by then."""
    kept = [key for key in house.stored if key.startswith(f"kept/{house.first_case}")]
    assert kept

    def removed() -> None:
        house.installation.clock.moment += HOUR
        if kept[0] in house.stored:
            house.remove(house.first_case, KeptData.FILES)

    record = ordered(house.world, uuid4().hex, people=People.SAMPLE, reason="The audit reads words.")
    path = made(house.world, record, tmp_path / "pack.zip", removed)
    assert loaded().main([str(path)]) == 0, capsys.readouterr().out
    with ZipFile(path) as pack:
        assert not any(f"{house.first_case}/files/" in name for name in pack.namelist())


def test_a_pack_brings_the_time_stamps_of_its_checkpoints_and_says_how_to_verify_them(
    house: House, keys: Keys, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    house.installation.clock.moment = house.installation.clock.moment.replace(hour=23, minute=10)
    house.seal()
    (day,) = names(house.files, "day")
    of_day, stamp = f"checkpoints/{day}.json", f"checkpoints/{day}.tsr"
    house.files.files[stamp] = keys.reply(time_stamp_request(house.files.files[of_day], 7))
    path = made(house.world, ordered(house.world, uuid4().hex), tmp_path / "pack.zip")
    assert loaded().main([str(path)]) == 0, capsys.readouterr().out
    with ZipFile(path) as pack:
        assert keys.verifies(pack.read(stamp), pack.read(of_day))
        command = f"openssl ts -verify -data {of_day} -in {stamp} -CAfile ROOT_OF_THE_AUTHORITY.pem"
        assert all(command in pack.read(name).decode() for name in ("README.txt", "index.html"))


class Late(HeldEvidence):
    """A bucket that once takes longer to answer than a turn lasts."""

    def __init__(self, house: House) -> None:
        self.files, self._house, self._is_late = house.files.files, house, True

    def keys(self, prefix: str) -> Iterator[str]:
        if self._is_late:
            self._house.installation.clock.moment += TURN
            self._is_late = False
        return super().keys(prefix)


def test_a_step_that_took_longer_than_its_turn_is_done_again(
    house: House, tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Another invocation may be at the same pack by then: what this one did is not kept."""
    record = ordered(house.world, uuid4().hex)
    monkeypatch.setattr(house.world, "evidence", Late(house))
    assert make_evidence(a_run(100))["failed"] == 1
    path = made(house.world, record, tmp_path / "pack.zip")
    assert loaded().main([str(path)]) == 0, capsys.readouterr().out
