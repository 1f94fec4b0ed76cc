"""A person is forgotten: no stored byte names them, the record verifies, and figures do not move.

Threat 59.
"""

import base64
import shutil
from collections.abc import Iterator
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from complaints.adapters.container import Container
from functions.use_cases.cases.erase_again import erase_again
from infrastructure.build.translations import compile_catalogues
from infrastructure.local import engine
from infrastructure.local.aws.evidence import LocalEvidenceFiles
from infrastructure.local.aws.secrets import LocalSecrets
from infrastructure.local.data_folder import DataFolder
from tests import local_run as local_runs
from tests.attachments.steps import add
from tests.fakes import FixedClock
from tests.inbound_mail.hostile_mails import multipart, part
from tests.installation import Installation
from tests.journeys.steps import Complaint, Staff, clock, complain, facts_in, go_to, local_date, settle
from tests.local_run import TABLE, LocalRun
from tests.pages.desk_client import signed_in
from tests.stored.stored_bytes import compact, found_in
from tests.stored.stored_items import looking_into

NAME = "Zübeyde Quuxoğlu"
WORDS = {
    "name": "Quuxoğlu",
    "subject": "Kaleidoskop",
    "telephone": "5550104711",
    "description": "Wolpertinger",
    "message": "Rumpelkammer",
    "mail": "Schmetterling",
    "note": "Fingerspitze",
    "letter": "Augenweide",
    "task": "Donnerwetter",
    "file": "Zwickmuehle",
    "joint": "Bartholomaeus",
}


@pytest.fixture(scope="module")
def run(tmp_path_factory: pytest.TempPathFactory) -> Iterator[LocalRun]:
    """A run of its own: all that it stores is looked through."""
    compile_catalogues()
    with local_runs.running(tmp_path_factory.mktemp("erasure") / "data") as run:
        yield run


def told(run: LocalRun) -> Complaint:
    """A complaint with everything in it that people can write, and at its end."""
    complaint = complain(
        run,
        complainant={
            "name": NAME,
            "email": "zuebeyde.q4711@example.org",
            "phone": "+90 5550104711",
        },
        subject=f"{WORDS['subject']} is broken",
        description=f"The {WORDS['description']} came without its antlers. " + "ü" * 19_000,
    )
    deniz = Staff(run)
    complaint.say("messages", {"text": f"It stands in the {WORDS['message']}."})
    add(complaint, f"Photographs: {WORDS['file']}\n".encode() * 9, name="notes.txt", type="text/plain")
    answer_by_mail(complaint)
    deniz.does(complaint, "assign", {"to": "Deniz"})
    deniz.does(complaint, "note", {"text": f"Be careful: {WORDS['note']}."})
    deniz.does(complaint, "message", {"text": f"We look into it. {WORDS['letter']}."})
    asked = {"text": f"What is a {WORDS['task']}?", "to": "Deniz", "due": str(local_date(run))}
    deniz.does(complaint, "task", asked)
    joint = {"name": WORDS["joint"], "email": "bartholomaeus@example.org", "letters": "all"}
    deniz.does(complaint, "add_complainant", joint)
    complaint.say("withdrawal", {"reason": "It is all right."})
    settle(run)
    return complaint


def answer_by_mail(complaint: Complaint) -> None:
    picture = part(
        base64.b64encode(f"{WORDS['file']} again".encode() * 9).decode(),
        "text/plain; name=b.txt",
        Content_Transfer_Encoding="base64",
    )
    raw = multipart(
        part(f"The {WORDS['mail']} is gone, too."),
        picture,
        From=f"{WORDS['name']} <{complaint.email}>",
        To=str(complaint.letters()[-1]["headers"]["Reply-To"]),
    )
    assert complaint.run.call("POST", "/_local/inbound", raw, Content_Type="message/rfc822").status == 202
    settle(complaint.run)


def figures(run: LocalRun) -> list[Any]:
    """What does not move with the clock: what came, what ended and why, how promises ended."""
    settle(run)
    today = local_date(run)
    period = f"from={today - timedelta(days=300)}&to={today}"
    got = Staff(run, "Quinn", "quality").call("GET", f"/reports/volume?{period}").json["figures"]
    return [each for each in got if each["figure"] in ("received", "closed")]


def paula(run: LocalRun) -> Staff:
    return Staff(run, "Paula", "privacy")


def erase(complaint: Complaint) -> None:
    paula(complaint.run).does(complaint, "erase", {"ground": "not_needed"})


def let_it_be_done(run: LocalRun) -> None:
    """The schedule runs, and what is handed out for a day is gone."""
    go_to(run, clock(run) + timedelta(hours=26))
    settle(run)


def stored(run: LocalRun, address: str = "zuebeyde.q4711") -> list[str]:
    """Each word that is found in what the run stored, with the files that hold it."""
    run.stop()
    compact(run.data / "cases.db")
    words = {**WORDS, "address": address}
    found = {name: found_in(run.data.parent, word) for name, word in words.items()}
    run.start()
    return [f"{name}: {files}" for name, files in found.items() if files]


@pytest.mark.iso10002("4 confidentiality: erasure")
def test_after_an_erasure_no_stored_byte_names_the_person(run: LocalRun) -> None:
    complaint, other = told(run), complain(run)
    case = f"/complaints/{complaint.reference}"
    assert complaint.call("GET", "/data").status in (200, 303)
    let_it_be_done(run)
    before = figures(run)
    known = "".join(stored(run))
    assert all(f"{name}: " in known for name in ("name", "address", "mail", "letter", "file"))
    erase(complaint)
    settle(run)
    assert complaint.call("GET").status == 404
    let_it_be_done(run)
    assert stored(run) == []
    audit = paula(run).call("GET", f"{case}/audit").json
    assert (audit["verifies"], audit["flaws"]) == (True, [])
    assert [fact["fact"] for fact in facts_in(audit)].count("Erased") == 1
    assert figures(run) == before
    assert complaint.call("GET").status == 404
    shown = run.open_link(f"/status/{complaint.reference}?t={complaint.access}")
    gone = run.open_link(f"/status/C-2ABCD-EFGHJ-R?t={complaint.access}")
    assert shown.status == gone.status == 404
    got = paula(run).tries(complaint, "erase", {"ground": "not_needed"})
    assert (got.status, got.json["rule"], got.json["allowed_commands"]) == (409, "erased", [])
    assert other.view()["subject"] == "Parcel arrived broken"
    page = signed_in(run, "Paula", "privacy").get(f"/desk/cases/{complaint.reference}?lang=en")
    assert "The data of this case was erased" in page.text
    letters = signed_in(run, "Paula", "privacy").get(f"/desk/cases/{complaint.reference}/letters?lang=en")
    assert "acknowledgement" in letters.text
    assert f"/{complaint.reference}/letters/" not in letters.text, "what one read there was never sent so"
    found = Staff(run).call("GET", f"/search?q={WORDS['description']}").json["items"]
    assert found == []


def test_cases_that_became_part_of_one_are_erased_with_it(run: LocalRun) -> None:
    person = {"name": NAME, "email": "zuebeyde.q4711@example.org"}
    whole, part = (complain(run, complainant=person, description=WORDS["message"]) for _ in range(2))
    Staff(run).does(part, "merge", {"into": whole.reference, "reason": "The same parcel."})
    refused = paula(run).tries(part, "erase", {"ground": "not_needed"})
    assert (refused.status, refused.json["rule"]) == (409, "part-of-another")
    whole.say("withdrawal", {"reason": "It is all right."})
    erase(whole)
    let_it_be_done(run)
    assert stored(run) == []
    for each in (whole, part):
        audit = paula(run).call("GET", f"/complaints/{each.reference}/audit").json
        assert (audit["flaws"], [fact["fact"] for fact in facts_in(audit)].count("Erased")) == ([], 1)


def test_after_one_of_several_was_erased_no_mail_of_nothing_but_files_names_them(run: LocalRun) -> None:
    address = "kuckucksuhr"
    person = {"name": NAME, "email": f"{address}@example.org", "phone": "+90 5550104711"}
    complaint = complain(run, complainant=person)
    Staff(run).does(complaint, "add_complainant", {"name": "Eve Roth", "letters": "none"})
    picture = part("A picture of it.", "text/plain; name=b.txt", Content_Disposition="attachment")
    raw = multipart(
        picture,
        From=f"{NAME} <{complaint.email}>",
        Subject=f"{WORDS['mail']} {WORDS['subject']}",
        To=str(complaint.letters()[-1]["headers"]["Reply-To"]),
    )
    assert run.call("POST", "/_local/inbound", raw, Content_Type="message/rfc822").status == 202
    settle(run)
    assert [each["name"] for each in Staff(run).case(complaint)["attachments"]] == ["b.txt"]
    let_it_be_done(run)
    assert [each.partition(":")[0] for each in stored(run, address)] == [
        "name", "subject", "mail", "address",
    ]  # fmt: skip
    paula(run).does(complaint, "erase_party", {"party": "complainant", "ground": "objected"})
    let_it_be_done(run)
    # The acknowledgement lies where the local run keeps what was sent: that is the person's own mailbox.
    [found] = stored(run, address)
    assert found.startswith("address: ")
    assert found.count("data/") == found.count("data/mail/") > 0
    audit = paula(run).call("GET", f"/complaints/{complaint.reference}/audit").json
    assert (audit["verifies"], audit["flaws"]) == (True, [])


def test_what_a_restore_brings_back_is_erased_again(run: LocalRun, tmp_path: Path) -> None:
    """The table goes back to a moment before the erasure; files, mails and the evidence bucket do not."""
    complaint, several = told(run), complain(run)
    joined = {"name": "Yngvildur Roth", "email": "yngvildur@example.org", "letters": "all"}
    Staff(run).does(several, "add_complainant", joined)
    [person] = paula(run).case(several)["joint"]
    let_it_be_done(run)
    before = figures(run)
    copied = ("cases.db", "stream.json")
    run.stop()
    for name in copied:
        shutil.copy(run.data / name, tmp_path / name)
    run.start()
    erase(complaint)
    paula(run).does(several, "erase_party", {"party": person["id"], "ground": "objected"})
    let_it_be_done(run)
    assert stored(run) == []
    when = clock(run)
    run.stop()
    for path in run.data.glob("cases.db*"):
        path.unlink()
    for name in copied:
        shutil.copy(tmp_path / name, run.data / name)
    run.start()
    assert complaint.call("GET").status == 200
    assert paula(run).case(several)["joint"] == [person]
    run.stop()
    assert sorted(apply_list(run, when)) == sorted(
        [complaint.reference, f"{several.reference} ({person['id']})"]
    )
    run.start()
    let_it_be_done(run)
    assert stored(run) == []
    assert paula(run).case(several)["joint"] == []
    assert "Yngvildur" not in paula(run).call("GET", f"/complaints/{several.reference}/audit").text
    for each in (complaint, several):
        audit = paula(run).call("GET", f"/complaints/{each.reference}/audit").json
        assert (audit["verifies"], audit["flaws"]) == (True, [])
    assert complaint.call("GET").status == 404
    assert figures(run) == before
    run.stop()
    assert apply_list(run, when) == []
    run.start()


def apply_list(run: LocalRun, when: datetime) -> list[str]:
    """What `make erase` does, over the engine and the folders of a run that is stopped."""
    folder = DataFolder(run.data)
    with engine.running(folder.database) as endpoint, looking_into(endpoint, TABLE):
        evidence = LocalEvidenceFiles(folder.evidence)
        secrets, here = LocalSecrets(folder.keys), Installation(TABLE).world.settings
        world = Container(here, clock=FixedClock(when), secrets=secrets, evidence=evidence)
        return [*map(str, erase_again(world))]
