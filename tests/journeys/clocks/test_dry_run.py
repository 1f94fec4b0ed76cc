"""Before a pack or a version is switched on: which open cases it would touch, and what would bind then."""

from datetime import timedelta
from typing import Any

import pytest

from tests.http import Answer
from tests.journeys.settings.administration import Office, pointers
from tests.journeys.steps import Complaint, Staff, complain, moment
from tests.journeys.steps import pages as pages_of
from tests.local_run import LocalRun
from tests.own_packs import Json, clock, file_of, version

SITE = "demo-gb"
DEFAULT = "iso10002-default"


@pytest.fixture
def administration(local_run: LocalRun) -> Office:
    return Office(local_run)


def tries(staff: Staff, pack: str, query: str = "", **body: Any) -> Answer:
    return staff.call("POST", f"/packs/{pack}/dry-run?limit=100{query}", {"site": SITE} | body)


def changes(staff: Staff, pack: str, complaint: Complaint, **body: Any) -> dict[str, dict[str, Any]]:
    """What would change of one case, by clock, looked for on all pages."""
    found = pages_of(lambda cursor: tries(staff, pack, cursor, **body))
    items = [item for page in found for item in page if item["reference"] == complaint.reference]
    return {item["clock"].partition("/")[2]: item for item in items}


def default_with(*clocks: Json) -> Json:
    return file_of(version(DEFAULT, 2, *clocks))


@pytest.mark.iso10002("6.3 activities: tried")
def test_a_dry_run_lists_open_cases(administration: Office, local_run: LocalRun) -> None:
    complaint = complain(local_run, site=SITE)
    triage = clock("triage", purpose="assess", stops_on="assessed", days=2)
    file = default_with(clock(days=10), triage)
    found = changes(administration.staff, DEFAULT, complaint, file=file)
    assert found["respond"]["change"] == "earlier"
    assert found["triage"]["change"] == "new"
    respond = found["respond"]
    assert respond["promised"] == complaint.promise()["due"]
    assert respond["binds"] == respond["reckoned"] < respond["promised"]
    assert moment(respond["reckoned"]).utcoffset() == moment(complaint.promise()["due"]).utcoffset()
    assert (found["triage"]["promised"], found["triage"]["purpose"]) == (None, "assess")


def test_a_given_promise_is_kept(administration: Office, local_run: LocalRun) -> None:
    """A version that takes longer, switched on for good: what was promised before binds, as was foreseen."""
    name = "own-kept"
    first = version(name, 1, clock(days=7))
    administration.does("pack", name, {"file": file_of(first)})
    with administration.promising(SITE, name):
        complaint = complain(local_run, site=SITE)
        promised = complaint.promise()["due"]
        received = moment(complaint.receipt["received_at"]).date()
        begins = str(received + timedelta(days=1))
        second = version(name, 2, clock(days=30), begins=begins)
        file = file_of(first | {"effective_to": str(received)}, second)
        foreseen = changes(administration.staff, name, complaint, file=file, on=begins)["respond"]
        assert (foreseen["change"], foreseen["promised"], foreseen["binds"]) == ("later", promised, promised)
        administration.does("pack", name, {"file": file})
        assert complaint.promise()["due"] == promised
    assert complaint.promise()["due"] == promised


@pytest.mark.iso10002("6.3 activities: tried")
def test_a_dry_run_changes_nothing(administration: Office, local_run: LocalRun) -> None:
    complaint = complain(local_run, site=SITE)
    audit = f"/complaints/{complaint.reference}/audit"
    before = Staff(local_run).call("GET", audit).json
    assert tries(administration.staff, DEFAULT, file=default_with(clock(days=1))).status == 200
    assert Staff(local_run).call("GET", audit).json == before
    assert administration.staff.call("GET", f"/settings/pack/{DEFAULT}").status == 404


def test_what_is_in_force_would_change_nothing(administration: Office, local_run: LocalRun) -> None:
    complaint = complain(local_run, site=SITE)
    assert changes(administration.staff, DEFAULT, complaint) == {}
    assert tries(administration.staff, DEFAULT).json["counts"]["same"] > 0


def test_a_long_queue_is_gone_through_page_by_page(administration: Office, local_run: LocalRun) -> None:
    mine = {complain(local_run, site=SITE).reference for _ in range(3)}
    file = default_with(clock(days=10))
    path = f"/packs/{DEFAULT}/dry-run?limit=1"
    found = pages_of(
        lambda cursor: administration.staff.call("POST", path + cursor, {"site": SITE, "file": file})
    )
    references = [item["reference"] for page in found for item in page if item["clock"].endswith("respond")]
    assert mine <= set(references)
    assert len(references) == len(set(references))
    assert all(len({item["reference"] for item in page}) <= 1 for page in found)


def test_a_page_of_a_pack_with_many_clocks_has_fewer_cases(
    administration: Office, local_run: LocalRun
) -> None:
    """A page looks at 80,000 dates: those of thirty promises of a thousand days, for two cases."""
    for _ in range(3):
        complain(local_run, site=SITE)
    long = clock(purpose="respond", stops_on="responded", days=1_000)
    got = tries(
        administration.staff, DEFAULT, file=default_with(*(long | {"id": f"c{n}"} for n in range(30)))
    )
    assert got.status == 200, got.text
    assert got.json["counts"]["cases"] == 2
    assert got.json["next"]


def test_a_question_that_waits_is_an_open_case_too(administration: Office, local_run: LocalRun) -> None:
    complaint = complain(local_run, site=SITE)
    staff = Staff(local_run)
    staff.does(complaint, "ask", {"text": "Which lamp?"})
    found = changes(administration.staff, DEFAULT, complaint, file=default_with(clock(days=10)))
    assert found["respond"]["paused_since"]


@pytest.mark.parametrize(
    ("body", "pointer"),
    [
        ({"file": default_with(clock(unit="fortnights"))}, "/file/packs/0/clocks/0/unit"),
        ({"file": file_of(version("other", 1))}, "/file/packs/0/id"),
        ({"file": 3}, "/file"),
        ({"site": "no-such"}, "/site"),
        ({"on": "soon"}, "/on"),
        ({"on": "1999-01-01"}, "/on"),
        ({"mood": "good"}, "/mood"),
    ],
)
def test_what_cannot_be_tried_is_refused(administration: Office, body: Json, pointer: str) -> None:
    assert pointers(tries(administration.staff, DEFAULT, **body)) == [pointer]


@pytest.mark.parametrize("pack", ["no-such", "x" * 3000, "%00", "a%0Ab", "..%2F..%2Fetc"])
def test_a_pack_that_there_is_not_is_not_found(administration: Office, pack: str) -> None:
    assert tries(administration.staff, pack).status == 404


def test_a_list_begins_and_goes_on_as_lists_do(administration: Office) -> None:
    assert pointers(tries(administration.staff, DEFAULT, "&cursor=x")) == ["/cursor"]
    refused = administration.staff.call("POST", f"/packs/{DEFAULT}/dry-run?limit=101", {})
    assert pointers(refused) == ["/limit"]


@pytest.mark.parametrize(
    ("role", "status"), [("quality", 200), ("reviewer", 200), ("agent", 403), ("auditor", 403)]
)
def test_those_who_answer_for_promises_may_try_them(local_run: LocalRun, role: str, status: int) -> None:
    assert tries(Staff(local_run, "Kim", role), DEFAULT).status == status
