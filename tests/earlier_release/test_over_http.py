"""The earlier release and the present one answer requests beside each other, on the same data.

So it is while traffic shifts, and after an update that was taken back. What came with the present release
stays out of the reach of the earlier one: docs/deploy.md says what to leave alone meanwhile.
"""

import uuid
from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from urllib.parse import urlsplit

import pytest

from tests.earlier_release.keep import unpack
from tests.earlier_release.served import Served, served
from tests.http import Answer
from tests.journeys.settings.administration import Office
from tests.journeys.steps import (
    FINDING,
    SCALES,
    Complaint,
    Staff,
    clock,
    complain,
    form,
    go_to,
    proof,
    settle,
    submit,
)
from tests.local_run import LocalRun
from tests.pages.desk_client import Desk

DECISION = {"outcome": "upheld", "reasons": "You are right.", "remedies": [{"kind": "replacement"}]}
SEALED = "conduct.unequal_treatment"
SITE = "demo-gb"


@pytest.fixture(scope="module")
def both(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    """Both releases, on data that the earlier one began."""
    folder = tmp_path_factory.mktemp("both")
    unpack(folder / "earlier")
    with served(folder / "earlier", folder / "data") as both:
        yield both


@pytest.fixture
def deniz(both: Served) -> Staff:
    """A reviewer whose requests the present release answers."""
    return Staff(both.present, "Deniz", "reviewer")


@pytest.fixture
def robin(both: Served) -> Staff:
    """A reviewer whose requests the earlier release answers."""
    return Staff(both.earlier, "Robin", "reviewer")


@pytest.fixture
def office(both: Served) -> Office:
    return Office(both.present)


def at(run: LocalRun, complaint: Complaint) -> Complaint:
    """The complaint as its owner reaches it when this release answers."""
    return replace(complaint, run=run)


def status_page(run: LocalRun, complaint: Complaint) -> Answer:
    """What the link of a letter leads to."""
    address = urlsplit(complaint.receipt["status_url"])
    return run.open_link(f"{address.path}?{address.query}")


def verifies(staff: Staff, complaint: Complaint) -> bool:
    return bool(staff.call("GET", f"/complaints/{complaint.reference}/audit").json["verifies"])


@pytest.mark.parametrize("is_first", [True, False])
def test_both_carry_a_case_in_turn(both: Served, is_first: bool) -> None:
    """Whoever of them takes it: each step is one of the other release, and both follow the stream."""
    first, second = both if is_first else both[::-1]
    complaint = complain(first)
    there = at(second, complaint)
    ada, ben = Staff(first, "Deniz", "reviewer"), Staff(second, "Robin", "reviewer")
    views = [each.view() for each in (complaint, there)]
    # The subject is encrypted now: where the earlier release answers, it is left out, and nothing else is.
    assert views[0] | {"subject": None} == views[1] | {"subject": None}
    assert views[not is_first]["subject"] == (None if is_first is False else complaint.view()["subject"])
    assert status_page(second, complaint).status == 200
    assert there.reference in {item["reference"] for item in ben.queue("open")}
    ben.does(there, "assign", {"to": "Robin"})
    ada.does(complaint, "assess", SCALES)
    there.say("messages", {"text": "There are five pieces."})
    ada.does(complaint, "find", FINDING)
    ben.does(there, "decide", DECISION)
    ada.does(complaint, "respond")
    settle(second)
    [_, answer] = there.letters()
    assert complaint.letters()[-1] == answer
    assert there.say("answer", {"accepts": True})["stage"] == "closed"
    assert verifies(ada, complaint)
    assert verifies(ben, there)
    assert status_page(first, complaint).status == 200


def test_a_submission_that_is_sent_again_is_taken_once(both: Served) -> None:
    """Its answer was lost, and another release is asked."""
    for first, second in (both, both[::-1]):
        body, key = form(proof=proof(first)), uuid.uuid4().hex
        taken = submit(first, body, key)
        assert taken.status == 201, taken.text
        again = submit(second, body, key)
        assert (again.status, again.json["reference"]) == (taken.status, taken.json["reference"])


def test_a_session_at_the_desk_goes_on_at_the_other_release(both: Served) -> None:
    complaint = complain(both.present)
    desk = Desk(both.earlier)
    desk.sign_in("Kim")
    for run in both:
        desk.run = run
        assert desk.get("/desk").status == 200
        assert desk.get("/desk/queue").status == 200
        assert complaint.reference in desk.get(f"/desk/cases/{complaint.reference}").text


def test_each_schedule_works_what_the_other_put_into_it_once(both: Served, deniz: Staff) -> None:
    cases = [complain(run) for run in both]
    later = clock(both.present) + timedelta(days=3)
    for run in (both.earlier, both.present):
        # The second one finds nothing left, and the clock of both moves.
        go_to(run, later)
        settle(run)
    for complaint in cases:
        missed = [
            fact["clock"] for fact in deniz.case(complaint)["facts"] if fact["fact"] == "DeadlineMissed"
        ]
        assert missed == ["iso10002-default/assess/1"]
        assert verifies(deniz, complaint)


def test_what_the_earlier_release_cannot_read_it_puts_off(
    both: Served, office: Office, deniz: Staff, robin: Staff
) -> None:
    """An anonymous complaint: it answers that it cannot now, and loses nothing."""
    office.does("site", SITE, {"anonymous": True})
    complaint = complain(both.present, site=SITE, complainant={}, anonymous=True)
    before = deniz.case(complaint)
    for got in (
        at(both.earlier, complaint).call("GET"),
        robin.call("GET", f"/complaints/{complaint.reference}"),
        robin.tries(complaint, "note", {"text": "Looked at."}, version=before["version"]),
    ):
        assert (got.status, bool(got.headers["Retry-After"])) == (503, True)
    settle(both.earlier)
    assert deniz.case(complaint)["facts"] == before["facts"]
    assert verifies(deniz, complaint)


def test_the_history_of_a_setting_names_what_the_earlier_release_dropped(
    both: Served, office: Office
) -> None:
    """It writes a record without what it does not know: so none is changed while an update goes over."""
    office.does("site", SITE, {"holds_letters": True})
    Office(both.earlier).does("site", SITE, {"name": "Renamed Store"})
    setting = office.setting("site", SITE)
    assert setting["record"]["name"] == "Renamed Store"
    assert any({"name", "holds_letters"} <= set(chapter["changed"]) for chapter in setting["history"])
    office.does("site", SITE, {"holds_letters": False})


def test_who_complains_in_a_sealed_case_the_earlier_release_shows_to_nobody(
    both: Served, office: Office, deniz: Staff, robin: Staff
) -> None:
    office.does("codes", "demo", {"put": [{"list": "categories", "code": SEALED, "sealed": True}]})
    who = {"name": "Zübeyde Quuxoglu", "email": "quuxoglu@example.org"}
    complaint = complain(both.present, category=SEALED, complainant=who)
    there = at(both.earlier, complaint)
    assert "quuxoglu" not in robin.call("GET", f"/complaints/{complaint.reference}").text.lower()
    assert robin.tries(there, "note", {"text": "Looked at."}).status == 200
    case = deniz.case(complaint)
    assert (case["complainant"]["name"], case["complainant"]["sealed"]) == (None, True)
    assert "NoteAdded" in {fact["fact"] for fact in case["facts"]}
    both.present.maintain("rebuild_heads", mends=True)
    assert verifies(deniz, complaint)
    assert deniz.case(complaint)["complainant"] == case["complainant"]
