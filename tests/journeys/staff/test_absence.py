"""Somebody is away, and somebody stands in: told of what concerns the cases, and seen by everybody."""

from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from tests.builders import MONDAY
from tests.html import Reading
from tests.journeys.settings.administration import Office, pointers
from tests.journeys.steps import Complaint, Staff, clock, complain, pages, settle
from tests.local_run import running
from tests.pages.desk_client import form_of, signed_in

SITE = "demo-tr"
ABSENT, STAND_IN = "deniz@staff.example", "kim@staff.example"


@pytest.fixture
def administration(tmp_path: Path) -> Iterator[Office]:
    """A run of this story's own, which begins on a working day: on others nothing falls due for a while."""
    with running(tmp_path / "data", environment={"NOW": MONDAY.isoformat()}) as run:
        yield Office(run)


def today(administration: Office) -> date:
    return clock(administration.run).astimezone(ZoneInfo("Europe/Istanbul")).date()


def away(administration: Office, **fields: Any) -> dict[str, Any]:
    """Deniz's absence: today and tomorrow, and Kim stands in."""
    day = today(administration)
    usual = {"from": str(day), "until": str(day + timedelta(days=1)), "stand_in": "Kim"}
    return {"away": usual | fields, "reason": "On leave."}


def colleague(administration: Office, name: str = "Deniz") -> tuple[str | None, str | None]:
    """Until when somebody is away, and who stands in, as a colleague sees it."""
    members = Staff(administration.run, "Robin").call("GET", "/members").json["items"]
    (found,) = (each for each in members if each["id"] == name)
    return found["away_until"], found["stand_in"]


def told(complaint: Complaint) -> list[tuple[str, str]]:
    """To whom staff notices of a complaint went, with what they say."""
    settle(complaint.run)
    mails = [mail for mail in complaint.run.mails() if complaint.reference in mail["subject"]]
    return [(mail["to"], mail["text"]) for mail in mails if mail["to"] != complaint.email]


def test_an_absence_is_settled_by_an_administrator_with_reason_and_history(administration: Office) -> None:
    assert colleague(administration) == (None, None)
    asked = away(administration)
    after = administration.does("member", "Deniz", asked)
    assert after["record"]["away"] == asked["away"]
    last = administration.setting("member", "Deniz")["history"][-1]
    assert (last["by"], last["reason"], last["changed"]) == ("Sam", "On leave.", ["away"])
    assert colleague(administration) == (asked["away"]["until"], "Kim")
    administration.run.call("POST", "/_local/clock", {"advance": "P3D"})
    assert colleague(administration) == (None, None)


def test_an_absence_that_cannot_be_is_refused_at_its_place(administration: Office) -> None:
    assert pointers(administration.tries("member", "Deniz", away(administration, stand_in="Deniz"))) == [
        "/away/stand_in"
    ]
    assert pointers(administration.tries("member", "Deniz", away(administration, until="2020-01-01"))) == [
        "/away/until"
    ]
    assert pointers(administration.tries("member", "Deniz", away(administration, until="soon"))) == [
        "/away/until"
    ]
    assert pointers(administration.tries("member", "Deniz", away(administration, whole_day=True))) == [
        "/away/whole_day"
    ]
    assert administration.tries("member", "Kim", away(administration, stand_in="Deniz")).status == 200
    assert pointers(administration.tries("member", "Deniz", away(administration))) == ["/away/stand_in"]


def test_only_an_administrator_says_who_is_away(administration: Office) -> None:
    body = away(administration)
    path = "/settings/member/Deniz/commands/change"
    assert Staff(administration.run).call("POST", path, body, If_Match='"1"').status == 403
    assert colleague(administration) == (None, None)


def test_meanwhile_whoever_stands_in_is_told_and_afterwards_the_owner_again(administration: Office) -> None:
    administration.does("member", "Deniz", away(administration))
    robin = Staff(administration.run, "Robin")
    first = complain(administration.run, site=SITE)
    robin.does(first, "assign", {"to": "Deniz"})
    administration.run.call("POST", "/_local/clock", {"advance": "PT12H"})
    ((to, text),) = told(first)
    assert to == STAND_IN
    assert "Deniz için yazıldı" in text
    assert f"{administration.run.url}/desk/cases/{first.reference}" in text.split()
    administration.run.call("POST", "/_local/clock", {"advance": "P5D"})
    second = complain(administration.run, site=SITE)
    robin.does(second, "assign", {"to": "Deniz"})
    administration.run.call("POST", "/_local/clock", {"advance": "P4D"})
    assert told(second)[0][0] == ABSENT


def test_whoever_stands_in_sees_the_cases_and_nobody_else_does(administration: Office) -> None:
    kim, robin = Staff(administration.run, "Kim"), Staff(administration.run, "Robin")
    mine, another = complain(administration.run, site=SITE), complain(administration.run)
    for complaint in (mine, another):
        robin.does(complaint, "assign", {"to": "Deniz"})
    path = "/complaints?queue=mine&of=Deniz"
    assert kim.call("GET", path).status == 403
    administration.does("member", "Deniz", away(administration))
    seen = {item["reference"] for item in kim.queue("mine", of="Deniz")}
    assert seen == {mine.reference, another.reference}
    assert [item["reference"] for item in kim.queue("mine", of="Deniz", site=SITE)] == [mine.reference]
    assert robin.call("GET", path).status == 403
    for nobody in ("", "nobody", "x" * 3_000):
        assert kim.call("GET", f"/complaints?queue=mine&of={nobody}").status == 403
    assert pointers(kim.call("GET", "/complaints?queue=open&of=Deniz")) == ["/queue"]
    administration.run.call("POST", "/_local/clock", {"advance": "P3D"})
    assert kim.call("GET", path).status == 403


def test_the_pages_lead_whoever_stands_in_to_the_cases_and_say_who_is_away(administration: Office) -> None:
    robin = Staff(administration.run, "Robin")
    theirs = complain(administration.run, site=SITE)
    robin.does(theirs, "assign", {"to": "Deniz"})
    kim, other = (
        signed_in(administration.run, "Kim", "agent"),
        signed_in(administration.run, "Robin", "reviewer"),
    )
    address = "/desk?queue=mine&of=Deniz"
    assert kim.get(address).status == 403
    administration.does("member", "Deniz", away(administration))
    administration.run.call("POST", "/_local/clock", {"advance": "PT2M"})
    assert address in Reading(kim.get("/desk?queue=mine").text).links
    assert address not in Reading(other.get("/desk?queue=mine").text).links
    page = kim.get(address)
    assert theirs.reference in page.text
    assert theirs.reference not in kim.get("/desk?queue=mine").text
    assert ("of", "Deniz") in form_of(page, "/desk")[0]
    assert other.get(address).status == 403
    row = kim.get("/desk/workload").text.split("<bdi>Deniz</bdi>")[1].split("</tr>")[0]
    assert "Away until" in row
    assert "<bdi>Kim</bdi>" in row
    administration.run.call("POST", "/_local/clock", {"advance": "P3D"})
    back = signed_in(administration.run, "Kim", "agent")
    assert address not in Reading(back.get("/desk?queue=mine").text).links
    assert "Away until" not in back.get("/desk/workload").text


def test_pages_of_another_s_cases_go_on_where_they_stopped_and_are_of_nobody_else(
    administration: Office,
) -> None:
    kim = Staff(administration.run, "Kim")
    taken = [complain(administration.run) for _ in range(3)]
    for complaint in taken:
        kim.does(complaint, "assign", {"to": "Deniz"})
    administration.does("member", "Deniz", away(administration))
    path = "/complaints?queue=mine&limit=2"
    listed = pages(lambda query: kim.call("GET", f"{path}&of=Deniz{query}"))
    assert {item["reference"] for page in listed for item in page} == {each.reference for each in taken}
    cursor = kim.call("GET", f"{path}&of=Deniz").json["next"]
    assert pointers(kim.call("GET", f"{path}&cursor={cursor}")) == ["/cursor"]
