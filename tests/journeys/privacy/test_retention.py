"""Retention: a rule is set, a case ends, and when its time is over nothing of it is left but the record."""

from collections.abc import Iterator
from datetime import timedelta

import pytest

from infrastructure.build.translations import compile_catalogues
from tests import local_run as local_runs
from tests.journeys.privacy.test_erasure import figures, paula, stored, told
from tests.journeys.settings.administration import Office
from tests.journeys.steps import clock, complain, go_to, local_date, settle
from tests.local_run import LocalRun
from tests.pages.desk_client import signed_in

RULE = {
    "data": "case",
    "months": 2,
    "counted_from": "closing",
    "basis": "law",
    "source": "Commercial Code, section 257",
}


@pytest.fixture(scope="module")
def run(tmp_path_factory: pytest.TempPathFactory) -> Iterator[LocalRun]:
    """A run of its own: all that it stores is looked through."""
    compile_catalogues()
    with local_runs.running(tmp_path_factory.mktemp("retention") / "data") as run:
        yield run


def later(run: LocalRun, days: int) -> None:
    """Days pass; the schedule asks for what is due, and removes it."""
    go_to(run, clock(run) + timedelta(days=days))
    settle(run)


@pytest.mark.iso10002("4 confidentiality: retention")
def test_a_case_is_erased_when_its_rule_says_so_and_a_hold_keeps_another(run: LocalRun) -> None:
    complaint, held, open_one = told(run), complain(run), complain(run)
    held.say("withdrawal", {"reason": "It is all right."})
    paula(run).does(held, "hold", {"reason": "She went to court."})
    Office(run).does("site", "demo", RULE, verb="put_retention")
    later(run, 32)
    before = figures(run)
    assert complaint.call("GET").status == 200
    on = local_date(run) + timedelta(days=31)
    seen = paula(run).call("GET", f"/retention?site=demo&on={on}").json
    due = {each["reference"]: (each["rule"], each["kept"]) for each in seen["items"]}
    assert due[complaint.reference] == ("case", None)
    assert due[held.reference] == ("case", "legal-hold")
    assert open_one.reference not in due
    assert paula(run).call("GET", "/retention?site=demo").json["items"] == []
    page = signed_in(run, "Paula", "privacy").get(f"/desk/retention?site=demo&on={on}&lang=en").text
    assert "Kept: a legal hold" in page
    later(run, 32)
    assert stored(run) == []
    runs = paula(run).call("GET", "/retention?site=demo").json["runs"]
    assert any(complaint.reference in each["cases"] and each["kept"]["legal-hold"] >= 1 for each in runs)
    audit = paula(run).call("GET", f"/complaints/{complaint.reference}/audit").json
    facts = [fact for entry in audit["entries"] for fact in entry["facts"]]
    said = {fact["fact"]: fact for fact in facts}
    assert audit["flaws"] == []
    assert said["ErasureRequested"]["by"]["kind"] == "machine"
    assert said["Erased"]["rule"] == RULE
    assert figures(run) == before
    assert complaint.call("GET").status == 404
    assert [each.view()["subject"] for each in (held, open_one)] == ["Parcel arrived broken"] * 2
    kept = paula(run).call("GET", f"/complaints/{held.reference}/audit").json["entries"]
    hold = next(each for entry in kept for each in entry["facts"] if each["fact"] == "LegalHoldSet")
    paula(run).does(held, "lift_hold", {"hold": hold["id"], "reason": "It is settled."})
    later(run, 1)
    assert held.call("GET").status == 404
    assert open_one.call("GET").status == 200
