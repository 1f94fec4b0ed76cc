"""An evidence pack over HTTP: ordered by an auditor, made by the schedule, verified by its own file."""

import csv
import io
import json
import uuid
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from zipfile import ZipFile

import pytest

from tests.evidence.auditor import Auditor, sealed
from tests.evidence.verifier import VERIFIER, loaded
from tests.journeys.settings.administration import Office
from tests.journeys.steps import Complaint, Staff, clock, complain, go_to, local_date, settle
from tests.local_run import LocalRun

PARTS = (
    "01-policies", "02-roles", "03-settings", "04-indicators", "05-register", "06-cases", "07-deadlines",
    "08-improvement", "09-survey", "10-audits", "11-verification", "12-privacy", "13-letters",
)  # fmt: skip


SENSITIVE = "privacy.data_misuse"
REASON = f"Because {uuid.uuid4().hex} wrote."


def open_theme(run: LocalRun, **of: str) -> str:
    """Quality staff open a theme, and say why; its id."""
    id = f"demo.{uuid.uuid4().hex}"
    theme = {"title": "Files", "owner": "Quinn", "reason": REASON} | of
    staff = Staff(run, "Quinn", "quality")
    got = staff.call("POST", f"/records/theme/{id}/commands/open", theme, If_Match='"0"')
    assert got.status == 200, got.text
    return id


@pytest.fixture(scope="module")
def hidden(local_run: LocalRun) -> Iterator[str]:
    """A theme of a category that is sensitive while these tests last."""
    made, office = open_theme(local_run, category=SENSITIVE), Office(local_run)
    office.does("member", office.adds("reviewer").name, {"sensitive": True})
    marked = {"list": "categories", "code": SENSITIVE}
    office.does("codes", "demo", {"put": [marked | {"sensitive": True}]})
    yield made
    office.does("codes", "demo", {"put": [marked | {"sensitive": False}]})


@pytest.fixture(scope="module")
def shown(local_run: LocalRun) -> str:
    """A theme that everybody may read."""
    return open_theme(local_run, category="delivery.late")


@pytest.fixture(scope="module")
def complaint(local_run: LocalRun) -> Complaint:
    complaint = complain(local_run, subject=f"The lamp {uuid.uuid4().hex} is broken")
    Staff(local_run).decides(complaint)
    settle(local_run)
    sealed(local_run)
    return complaint


@pytest.fixture(scope="module")
def pack(
    local_run: LocalRun,
    complaint: Complaint,
    hidden: str,
    shown: str,
    tmp_path_factory: pytest.TempPathFactory,
) -> Path:
    """The pack of these days, as it was fetched."""
    auditor = Auditor(local_run)
    auditor.orders(size=500)
    path = tmp_path_factory.mktemp("evidence") / "pack.zip"
    path.write_bytes(auditor.fetches())
    return path


@pytest.mark.iso10002("8.5 auditing: pack")
def test_a_pack_is_verified_by_the_file_that_it_brings(
    pack: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    with ZipFile(pack) as archive:
        assert archive.read("verify.py") == VERIFIER.read_bytes()
        assert archive.testzip() is None
    code = loaded().main([str(pack)])
    assert code == 0
    assert capsys.readouterr().out.splitlines()[-1].startswith("EVERYTHING FITS.")


def test_it_has_all_thirteen_parts_and_an_index(pack: Path, complaint: Complaint) -> None:
    with ZipFile(pack) as archive:
        names = archive.namelist()
        index = json.loads(archive.read("index.json"))
        page = archive.read("index.html").decode()
        rows = list(csv.DictReader(io.StringIO(archive.read("index.csv").decode())))
        register = archive.read("05-register/register-0001.csv").decode()
    folders = {name.partition("/")[0] for name in names}
    # Where nothing failed, nothing is told of letters.
    assert set(PARTS) - folders <= {"07-deadlines", "13-letters", "08-improvement"}
    assert all(f'id="part-{number}"' in page for number in range(1, 14))
    assert {row["folder"] for row in rows} <= set(PARTS)
    assert complaint.reference in register
    assert complaint.reference in index["sample"]["drawn"]
    assert index["failed"] == []


def test_it_tells_what_the_verifications_found_and_the_rules_of_retention_did(pack: Path) -> None:
    with ZipFile(pack) as archive:
        verifications = archive.read("11-verification/verifications.csv").decode()
        runs = archive.read("12-privacy/retention_runs.csv").decode()
        page = archive.read("index.html").decode()
    rows = list(csv.DictReader(io.StringIO(verifications)))
    assert rows, "the record was sealed and verified before"
    assert int(rows[-1]["chains"]) > 0
    assert rows[-1]["differences"].isdigit()
    assert runs.startswith("day,began_at,ended_at,erased,kept")
    assert "11-verification/verifications.html" in page


def test_without_a_reason_nothing_of_people_is_in_it(pack: Path, complaint: Complaint) -> None:
    with ZipFile(pack) as archive:
        found = [
            name
            for name in archive.namelist()
            for word in (complaint.email, "zebra-striped", REASON)
            if word.encode() in archive.read(name)
        ]
    assert found == []


def test_records_that_its_auditor_may_not_see_are_counted_alone(pack: Path, hidden: str, shown: str) -> None:
    with ZipFile(pack) as archive:
        index = json.loads(archive.read("index.json"))
        told = b"".join(archive.read(name) for name in archive.namelist() if name.startswith("08-"))
        names = archive.namelist()
    assert shown.encode() in told
    assert f"08-improvement/record.theme.{shown}.chain.jsonl" in names
    assert hidden.encode() not in told
    assert not [name for name in names if hidden in name]
    assert index["withheld_records"]["theme"] >= 1


def test_s12_nobody_but_an_auditor_has_one_made_and_nobody_else_fetches_it(
    local_run: LocalRun, complaint: Complaint
) -> None:
    auditor = Auditor(local_run, f"ayla-{uuid.uuid4().hex[:8]}")
    today = local_date(local_run).isoformat()
    for name, role in (("Sam", "admin"), ("Robin", "reviewer"), ("Quinn", "quality")):
        got = Staff(local_run, name, role).call(
            "POST",
            f"/records/evidence_pack/{auditor.id}/commands/order",
            {"since": today, "until": today, "size": 1},
            If_Match='"0"',
        )
        assert got.status == 403, (role, got.text)
    assert auditor.says("order", since=today, until=today, size=1, people="all").status == 422
    auditor.orders(size=1)
    other = Auditor(local_run, "Berk")
    other.id, other.version = auditor.id, auditor.version
    assert other.says("fetch").status in (403, 409)
    assert "file" not in auditor.record()
    assert auditor.fetches().startswith(b"PK")
    history = auditor.record()["history"]
    assert [(each["verb"], each["by"]) for each in history][-1] == ("fetch", history[0]["by"])
    seen = (
        Staff(local_run, "Pia", "privacy").call("GET", f"/access?member={auditor.staff.name}").json["items"]
    )
    assert [(each["kind"], each["site"], each["times"]) for each in seen] == [("pack", "demo", 1)]


def test_with_a_reason_the_sampled_cases_are_whole(
    local_run: LocalRun, complaint: Complaint, shown: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    auditor = Auditor(local_run)
    auditor.orders(size=500, people="sample", reason="The audit reads letters.")
    path = tmp_path / "pack.zip"
    path.write_bytes(auditor.fetches())
    assert loaded().main([str(path)]) == 0, capsys.readouterr().out
    with ZipFile(path) as archive:
        case = f"06-cases/{complaint.reference}"
        chain = archive.read(f"{case}/chain.jsonl").decode()
        letters = [name for name in archive.namelist() if name.startswith(f"{case}/letters/")]
        themes = archive.read("08-improvement/theme_history.csv").decode()
        register = archive.read("05-register/register-0001.csv").decode()
    assert complaint.email in chain
    assert letters
    assert any(shown in line and REASON in line for line in themes.splitlines())
    assert complaint.email not in register


def test_a_pack_with_the_names_of_an_erased_person_is_fetched_no_more(local_run: LocalRun) -> None:
    gone = complain(local_run)
    gone.say("withdrawal", {"reason": "It is all right."})
    settle(local_run)
    auditor = Auditor(local_run)
    auditor.orders(size=500, people="sample", reason="The audit reads letters.")
    assert auditor.fetches().startswith(b"PK")
    Staff(local_run, "Paula", "privacy").does(gone, "erase", {"ground": "not_needed"})
    go_to(local_run, clock(local_run) + timedelta(minutes=2))
    got = auditor.says("fetch")
    assert (got.status, got.json["rule"]) == (409, "erased")
    assert "file" not in auditor.record()
