"""The data key of a case is gone, as after a restore without that table: no word is shown, none is taken.

Threat 114.
"""

from collections.abc import Iterator

import pytest

from complaints.adapters.stores.cases.erasures import DynamoDataKeys
from infrastructure.build.translations import compile_catalogues
from infrastructure.local import engine
from tests.journeys.steps import Complaint, Staff, complain, settle
from tests.local_run import TABLE, LocalRun, running
from tests.pages.desk_client import signed_in
from tests.stored.stored_items import looking_into

WORDS = ("Quuxoglu", "Wolpertinger", "Rumpelkammer", "Fingerspitze")


@pytest.fixture(scope="module")
def run(tmp_path_factory: pytest.TempPathFactory) -> Iterator[LocalRun]:
    """A run whose table is looked into beside it."""
    compile_catalogues()
    folder = tmp_path_factory.mktemp("lost-key")
    with (
        engine.running(folder / "cases.db") as endpoint,
        running(folder / "data", environment={"DYNAMODB_ENDPOINT": endpoint}) as run,
        looking_into(endpoint, TABLE),
    ):
        yield run


def told(run: LocalRun) -> Complaint:
    """A complaint with a message, a note and letters."""
    name, description, message, note = WORDS
    person = {"name": name, "email": "quux@example.org"}
    complaint = complain(run, complainant=person, subject="A parcel", description=description)
    complaint.say("messages", {"text": message})
    staff = Staff(run)
    staff.does(complaint, "assign", {"to": "Deniz"})
    staff.does(complaint, "note", {"text": note})
    staff.does(complaint, "message", {"text": "We look into it."})
    settle(run)
    return complaint


def test_a_case_without_its_key_is_shown_without_a_word_and_takes_none_in_clear(run: LocalRun) -> None:
    complaint, staff, desk = told(run), Staff(run), signed_in(run)
    case, page = f"/complaints/{complaint.reference}", f"/desk/cases/{complaint.reference}"
    auditor = Staff(run, "Avery", "auditor")
    assert auditor.call("GET", f"{case}/audit").json["verifies"] is True
    DynamoDataKeys().destroy(complaint.reference)
    shown = [
        staff.call("GET", case),
        staff.call("GET", "/complaints?queue=open&site=demo"),
        staff.call("GET", f"/search?q={WORDS[1]}"),
        auditor.call("GET", f"{case}/audit"),
        complaint.call("GET"),
        complaint.call("GET", "/data"),
        desk.get(page),
        *(desk.get(f"{page}/{part}") for part in ("audit", "letters", "letters/000001.1", "person", "files")),
    ]
    for got in shown:
        assert got.status == 200, got.text
        assert not [word for word in WORDS[1:] if word in got.text]
    audit = shown[3].json
    assert audit["verifies"] is False
    assert {flaw["harm"] for flaw in audit["flaws"]} == {"text-missing"}
    letters = len(complaint.letters())
    for verb, text in (("note", "The key is gone."), ("message", "Would you say it again?")):
        refused = staff.tries(complaint, verb, {"text": text})
        assert (refused.status, refused.headers["Retry-After"]) == (503, "300")
    assert staff.does(complaint, "assign", {"to": "Kim"})["assignee"] == "Kim", "it holds no words"
    settle(run)
    assert len(complaint.letters()) == letters
    assert complaint.call("GET").status == 200
    assert desk.get(page).status == 200
