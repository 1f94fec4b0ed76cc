"""Tables and pages of a pack that was made by the product, altered and signed anew by whoever has its key."""

import json
from base64 import b64decode
from pathlib import Path
from uuid import uuid4
from zipfile import ZipFile

import pytest
from markupsafe import escape
from msgspec import Struct
from msgspec.structs import replace

from complaints.audit_trail.hash_chain import StoredEntry
from complaints.checkpoints.statement import to_stored
from complaints.management.evaluation.evidence_packs import People
from complaints.management.policies import ConfirmReading
from complaints.management.record import RecordKind
from functions.workers.evidence.part_stage import as_sealed
from tests.builders import QUINN, RUTH
from tests.complaints.management.evaluation_records import AUDREY
from tests.complaints.management.improvement.builders import context
from tests.complaints.management.test_audits import FOUND, PLAN
from tests.complaints.management.test_policies import WORDS
from tests.evidence.made_pack import made, ordered
from tests.evidence.pack_writer import SEALS, Files, canonical, sha256, zipped
from tests.evidence.sealed_installation import Snapshot
from tests.evidence.tamperings import House
from tests.evidence.verifier import Bare

ALTERED: dict[str, tuple[str, str, str]] = {
    "a setting": ("03-settings/settings", '"approval_limit":"500"', '"approval_limit":"900"'),
    "the version of a setting": ("03-settings/settings", "team,1", "team,2"),
    "the author of a change": ("03-settings/changes", "local run,TeamChanged", "Mallory,TeamChanged"),
    "the moment of a change": ("03-settings/changes", "team,1,2026-02-02T07", "team,1,2026-02-02T06"),
    "the reason of a change": ("03-settings/changes", "The local run began", "The manager began"),
    "what a change changed": ("01-policies/policy_history", "confirm,readings", "confirm,owner"),
    "a record": ("08-improvement/theme", "Parcels come late", "Parcels come in time"),
    "a record that is another one": ("08-improvement/theme", "demo.late-parcels,1", "demo.other,1"),
    "the history of a record": ("08-improvement/theme_history", "quinn,open", "quinn,close"),
    "who confirmed a policy": ("01-policies/readings", "ruth,1", "mallory,1"),
    "a finding of an audit": ("10-audits/findings", "Two remedies were late.", "Nothing was late."),
}
"""A table and its page, what stands in both (with a comma between cells), and what somebody writes there."""

PAGES = ("03-settings/settings.html", "04-indicators/indicators.html", "05-register/register-0001.html")


@pytest.fixture(scope="module")
def pack(lived_in: tuple[House, Snapshot], tmp_path_factory: pytest.TempPathFactory) -> Files:
    """The pack with names of an installation whose policy was read, and that was audited."""
    house, _ = lived_in
    for kind, id, commands in (
        (
            RecordKind.POLICY,
            "demo.main",
            ((QUINN, WORDS), (RUTH, ConfirmReading()), (QUINN, ConfirmReading())),
        ),
        (RecordKind.AUDIT, "demo.spring", ((QUINN, PLAN), (AUDREY, replace(FOUND, owner="ruth")))),
    ):
        record = house.world.management_records.load(kind, id)
        for by, command in commands:
            told = context(by, house.world.now())
            record = house.world.records_service.carry_out(record, command, told)
    for _ in range(2):
        house.seal()
    record = ordered(house.world, uuid4().hex, people=People.SAMPLE, reason="The audit's table.")
    path = made(house.world, record, tmp_path_factory.mktemp("pack") / "pack.zip")
    with ZipFile(path) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


class Younger(Struct):
    """What a later release reads of an entry."""

    name: str
    days: int = 30


def test_a_table_shows_what_was_sealed_and_no_field_that_is_younger() -> None:
    """No verifier knows the default that such a field has in this release."""
    entries = [
        StoredEntry(1, canonical({"facts": [{"fact": "SiteChanged", "record": {"name": "Demo"}}]}), {})
    ]
    assert as_sealed(Younger("Demo"), entries, [("name", "days")]) == {"name": "Demo"}
    told = [*entries, StoredEntry(2, canonical({"facts": [{"fact": "PackVersionsTold"}]}), {})]
    assert as_sealed(Younger("Demo", 7), told, [("name", "days"), ("days",)]) == {"name": "Demo", "days": 7}


def written_to(folder: Path, pack: Files, house: House) -> Path:
    """The pack, of which whoever holds the key makes the list of hashes fit, and signs it."""
    files = {name: content for name, content in pack.items() if name not in SEALS}
    sums = "".join(f"{sha256(content)}  {name}\n" for name, content in files.items()).encode()
    stated = json.loads(b64decode(json.loads(pack["signature.json"])["statement"] + "==", "-_"))
    statement = canonical(stated | {"sums": sha256(sums)})
    seals = {"SHA256SUMS": sums, "signature.json": to_stored(statement, house.signer.sign(statement))}
    path = folder / "pack.zip"
    path.write_bytes(zipped(files | seals))
    return path


@pytest.mark.parametrize("what", ALTERED)
def test_s116_a_table_that_shows_another_value_than_its_chain_does_not_fit(
    house: House, pack: Files, bare: Bare, tmp_path: Path, what: str
) -> None:
    name, *words = ALTERED[what]
    table, page = f"{name}.csv", f"{name}.html"
    old, new = (each.replace('"', '""').encode() for each in words)
    shown, written = (str(escape(each)).replace(",", '</td><td dir="auto">').encode() for each in words)
    assert (old in pack[table], shown in pack[page]) == (True, True)
    altered = {table: pack[table].replace(old, new, 1), page: pack[page].replace(shown, written, 1)}
    code, said = bare(written_to(tmp_path, pack | altered, house))
    last = said.splitlines()[-1]
    assert (code, table in last) == (1, True), said


@pytest.mark.parametrize("page", PAGES)
def test_s116_a_page_that_shows_something_else_than_its_table_does_not_fit(
    house: House, pack: Files, bare: Bare, tmp_path: Path, page: str
) -> None:
    begin, cell, rest = pack[page].rpartition(b'<td dir="auto">')
    code, said = bare(written_to(tmp_path, pack | {page: begin + cell + b"7" + rest}, house))
    assert (code, page in said.splitlines()[-1]) == (1, True), said


@pytest.mark.parametrize("table", ["08-improvement/theme", "03-settings/changes", "10-audits/findings"])
def test_s116_a_row_that_is_left_out_of_a_table_does_not_fit(
    house: House, pack: Files, bare: Bare, tmp_path: Path, table: str
) -> None:
    header, _, rows = pack[f"{table}.csv"].partition(b"\r\n")
    files = {name: content for name, content in pack.items() if name != f"{table}.html"}
    left = header + b"\r\n" + rows.partition(b"\r\n")[2]
    code, said = bare(written_to(tmp_path, files | {f"{table}.csv": left}, house))
    assert (code, "leaves out" in said.splitlines()[-1]) == (1, True), said


def test_s116_what_nothing_proves_is_named_by_the_verifier_and_in_the_pack(
    house: House, pack: Files, bare: Bare, tmp_path: Path
) -> None:
    code, said = bare(written_to(tmp_path, pack, house))
    (named,) = (line for line in said.splitlines() if line.startswith("NOT PROVEN: "))
    assert code == 0
    for table in ("02-roles/members.csv", "04-indicators/indicators.csv", "who read what (the access log)"):
        assert table in named
    assert "03-settings/settings.csv" not in named
    for page in ("README.txt", "index.html", "verify.html"):
        assert all(words in pack[page].decode() for words in ("the access log", "names as not proven")), page
