"""What nobody asked to erase, and a pack with names, takes two people where two protect data."""

from collections.abc import Iterator
from datetime import timedelta

import pytest

from infrastructure.build.translations import compile_catalogues
from tests import local_run as local_runs
from tests.journeys.settings.administration import Office
from tests.journeys.steps import Complaint, Staff, clock, complain, facts_in, go_to, local_date, settle
from tests.local_run import LocalRun
from tests.pages.case_page_client import words
from tests.pages.desk_client import signed_in

GROUND = {"ground": "consent_withdrawn"}


@pytest.fixture(scope="module")
def run(tmp_path_factory: pytest.TempPathFactory) -> Iterator[LocalRun]:
    """A run of its own, whose site is as any other: those of a local run leave it to one."""
    compile_catalogues()
    with local_runs.running(tmp_path_factory.mktemp("two") / "data") as run:
        Office(run).does("site", "demo", {"privacy_approval": True})
        yield run


@pytest.fixture
def paula(run: LocalRun) -> Staff:
    return Staff(run, "Paula", "privacy")


@pytest.fixture
def pat(run: LocalRun) -> Staff:
    """The second officer, who is there from the first call on."""
    pat = Staff(run, "Pat", "privacy")
    assert pat.call("GET", "/me").status == 200
    return pat


def ended(run: LocalRun) -> Complaint:
    complaint = complain(run)
    complaint.say("withdrawal", {"reason": "It is all right."})
    settle(run)
    return complaint


def test_one_officer_proposes_and_another_erases(run: LocalRun, paula: Staff, pat: Staff) -> None:
    complaint = ended(run)
    case = paula.does(complaint, "erase", GROUND)
    settle(run)
    assert complaint.call("GET").status == 200, "nothing is erased yet"
    assert "erase" not in case["allowed_commands"]
    again = paula.tries(complaint, "erase", GROUND)
    assert (again.status, again.json["rule"]) == (409, "second-person")
    assert "second person who protects data must agree" in words(
        signed_in(run, "Paula", "privacy").get(f"/desk/cases/{complaint.reference}?lang=en")
    )
    pat.does(complaint, "erase", GROUND)
    assert complaint.call("GET").status == 404
    said = [
        fact["fact"] for fact in facts_in(pat.call("GET", f"/complaints/{complaint.reference}/audit").json)
    ]
    assert said.index("ErasureProposed") < said.index("ErasureRequested")


def test_who_is_asked_gets_a_mail_and_can_say_no(run: LocalRun, paula: Staff, pat: Staff) -> None:
    complaint = ended(run)
    paula.does(complaint, "erase", GROUND)
    settle(run)
    letters = pat.call("GET", f"/complaints/{complaint.reference}/letters").json["items"]
    assert [each["kind"] for each in letters].count("notice") == 5, "at most five are asked"
    pat.does(complaint, "refuse_erasure", {"ground": "still_needed", "reason": "She may come back."})
    assert complaint.call("GET").status == 200
    assert "erase" in paula.case(complaint)["allowed_commands"], "it may be proposed anew"


def test_what_a_person_asked_for_on_record_is_erased_by_one(run: LocalRun, paula: Staff, pat: Staff) -> None:
    complaint = ended(run)
    request = {
        "right": "erasure",
        "received_on": str(local_date(run)),
        "owner": "Paula",
        "cases": [complaint.reference],
    }
    path = "/records/privacy_request/demo.asked-for/commands"
    assert paula.call("POST", f"{path}/open", request, If_Match='"0"').status == 200
    known = {"identity": "called_back"}
    assert paula.call("POST", f"{path}/identify", known, If_Match='"1"').status == 200
    paula.does(complaint, "erase", GROUND)
    assert complaint.call("GET").status == 404


def test_the_page_of_a_person_says_what_was_only_proposed(run: LocalRun, pat: Staff) -> None:
    complaint = ended(run)
    paula = Staff(run, "Paula", "privacy")
    desk, path = signed_in(run, "Paula", "privacy"), f"/desk/cases/{complaint.reference}/person"
    case = f"{complaint.reference}.{paula.case(complaint)['version']}"
    sent = [("form", desk.token()), ("once", "o"), ("ground", "objected"), ("case", case), ("sure", "yes")]
    got = desk.post(path, sent)
    told = desk.get(str(got.headers["Location"]).removeprefix(run.url) + "&lang=en").text
    assert "Cases that are closed now and being erased: 0" in told
    assert "Proposed: a second person who protects data must agree" in told


def test_a_site_may_leave_it_to_one(run: LocalRun, paula: Staff, pat: Staff) -> None:
    complaint = ended(run)
    office = Office(run)
    office.does("site", "demo", {"privacy_approval": False})
    paula.does(complaint, "erase", GROUND)
    office.does("site", "demo", {"privacy_approval": True})
    assert complaint.call("GET").status == 404


def test_a_pack_with_names_is_made_once_somebody_else_agrees(run: LocalRun, pat: Staff) -> None:
    ayla, today = Staff(run, "Ayla", "auditor"), str(local_date(run))
    path = "/records/evidence_pack/demo.with-names"
    wish = {"since": today, "until": today, "size": 1, "people": "all", "reason": "The audit reads letters."}
    ordered = ayla.call("POST", f"{path}/commands/order", wish, If_Match='"0"')
    assert (ordered.status, ordered.json["allowed_commands"]) == (200, []), ordered.text
    assert "made once somebody else who protects data agrees" in words(
        signed_in(run, "Ayla", "auditor").get(f"/desk{path}?lang=en")
    )
    go_to(run, clock(run) + timedelta(minutes=20))
    settle(run)
    asked = [
        each for each in run.call("GET", "/_local/mail").json["items"] if "/demo.with-names" in each["text"]
    ]
    assert len(asked) > 1, "whoever may agree is asked by mail"
    content = pat.call("GET", path).json["content"]
    assert (content.get("made_at"), content["awaits_approval"]) == (None, True)
    version = pat.call("GET", path).json["version"]
    agreed = pat.call("POST", f"{path}/commands/approve", {}, If_Match=f'"{version}"')
    assert (agreed.status, agreed.json["content"]["approved_by"]) == (200, "Pat"), agreed.text
    go_to(run, clock(run) + timedelta(minutes=20))
    settle(run)
    assert ayla.call("GET", path).json["content"].get("made_at")
