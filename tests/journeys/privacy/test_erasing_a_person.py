"""All cases of a person are forgotten from one page, which says which are kept and why."""

from datetime import timedelta

import pytest

from tests.journeys.steps import Complaint, Staff, address, complain, local_date, settle
from tests.local_run import LocalRun
from tests.pages.case_page_client import words
from tests.pages.desk_client import Desk, signed_in


@pytest.fixture
def paula(local_run: LocalRun) -> Staff:
    return Staff(local_run, "Paula", "privacy")


def of_one_person(run: LocalRun) -> list[Complaint]:
    """Three complaints from one address: taken back, taken back and held, and open."""
    email = address()
    found = [complain(run, complainant={"name": "Ada Yılmaz", "email": email}) for _ in range(3)]
    for each in found[:2]:
        each.say("withdrawal", {"reason": "It is all right."})
    hold = {"reason": "She went to court.", "until": None}
    Staff(run, "Paula", "privacy").does(found[1], "hold", hold)
    settle(run)
    return found


def kept(staff: Staff, complaint: Complaint) -> dict[str, str | None]:
    """Why each case of the person would be kept."""
    items = staff.call("GET", f"/complaints/{complaint.reference}/person").json["items"]
    return {each["reference"]: each["kept_because"] for each in items}


def test_the_cases_of_a_person_are_erased_but_for_those_that_are_kept(
    local_run: LocalRun, paula: Staff
) -> None:
    over, held, still_open = of_one_person(local_run)
    assert kept(paula, still_open) == {
        over.reference: None,
        held.reference: "legal-hold",
        still_open.reference: "stage",
    }
    desk, path = signed_in(local_run, "Paula", "privacy"), f"/desk/cases/{still_open.reference}/person"
    page = desk.get(f"{path}?lang=en").text
    version = paula.case(over)["version"]
    assert f'value="{over.reference}.{version}"' in page
    assert "Kept: a legal hold" in page
    cases = [("case", f"{each.reference}.{paula.case(each)['version']}") for each in (over, held)]
    sent = [("form", desk.token()), ("once", "o"), ("ground", "objected"), *cases]
    assert desk.post(path, sent).status == 422
    got = desk.post(path, [*sent, ("sure", "yes")])
    assert got.status == 303
    told = desk.get(str(got.headers["Location"]).removeprefix(local_run.url) + "&lang=en").text
    assert "Cases that are closed now and being erased: 1" in told
    nothing = desk.post(path, [*sent[:3], ("sure", "yes")])
    told = desk.get(str(nothing.headers["Location"]).removeprefix(local_run.url) + "&lang=en").text
    assert "Nothing was erased: choose at least one case." in told
    assert kept(paula, held)[held.reference] == "legal-hold"
    assert over.call("GET").status == 404
    assert held.call("GET").status == 200
    assert 'name="sure"' not in desk.get(path).text, "nothing is left that could be erased"


def test_the_page_says_until_when_a_hold_keeps_a_case(local_run: LocalRun, paula: Staff) -> None:
    complaint = complain(local_run)
    until = local_date(local_run) + timedelta(days=400)
    paula.does(complaint, "hold", {"reason": "She went to court.", "until": until.isoformat()})
    desk, path = signed_in(local_run, "Paula", "privacy"), f"/desk/cases/{complaint.reference}"
    day = f"{until:%A} {until.day} {until:%B %Y}"
    assert f"forbade to erase the case until {day}" in words(desk.get(f"{path}?lang=en"))
    assert f"Paula, {day}" in words(desk.get(f"{path}/forms/lift_hold?lang=en"))
    late = desk.get(f"{path}/forms/erase?lang=en")
    assert late.status == 409
    assert f'<a class="action" href="{path}">' in late.text, (
        "the page of the case says why it is not possible"
    )


@pytest.mark.parametrize("role", ["reviewer", "quality", "auditor"])
def test_nobody_else_is_offered_it_or_may(local_run: LocalRun, role: str) -> None:
    complaint = complain(local_run)
    complaint.say("withdrawal", {"reason": "It is all right."})
    desk: Desk = signed_in(local_run, "Kim", role)
    path = f"/desk/cases/{complaint.reference}/person"
    assert 'id="erase"' not in desk.get(path).text
    form = [
        ("form", desk.token()),
        ("ground", "objected"),
        ("case", f"{complaint.reference}.2"),
        ("sure", "1"),
    ]
    assert desk.post(path, form).status == 403
    assert complaint.call("GET").status == 200
