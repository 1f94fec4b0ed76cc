"""A flood over HTTP: a manager says what it is, another confirms, and one that is real comes back."""

import re
import uuid
from datetime import timedelta
from html import unescape
from typing import Any, NamedTuple

from complaints.values.casework.floods import CROWD
from functions.http.networks import GROUPS
from tests.journeys.steps import Staff, clock, complain, form, go_to, new_word, settle, submit
from tests.local_run import LocalRun
from tests.pages.desk_client import signed_in


def test_a_flood_is_counted_confirmed_by_another_and_closed(local_run: LocalRun) -> None:
    words, since = new_word(), clock(local_run).replace(microsecond=0)
    robots = [complain(local_run, subject=f"Buy {words} now") for _ in range(2)]
    person = complain(local_run, subject=f"Buy {words} now")
    person.say("messages", {"text": "I never ordered these."})
    go_to(local_run, clock(local_run) + timedelta(minutes=1))
    ruth, rex = Staff(local_run, "Ruth", "reviewer"), Staff(local_run, "Rex", "reviewer")
    path = f"/records/flood_closing/demo.{uuid.uuid4().hex}"
    asked = {
        "since": (since - timedelta(minutes=1)).isoformat(),
        "until": clock(local_run).replace(microsecond=0).isoformat(),
        "words": words,
        "reason": "The same words again and again.",
    }
    made = ruth.call("POST", f"{path}/commands/propose", asked, If_Match='"0"')
    assert (made.status, made.json["allowed_commands"]) == (200, ["stop"]), made.text
    found = until(local_run, ruth, path, "counted_at")
    assert (found["matching"], found["closable"]) == (3, 2)
    assert sorted(found["samples"]) == sorted(each.reference for each in robots)
    assert found["left_out"] == [{"why": "message", "cases": 1}]
    page = signed_in(local_run, "Rex", "reviewer").get(f"/desk{path}?lang=en").text
    assert all(f"/desk/cases/{each.reference}" in page for each in robots)
    own = ruth.call("POST", f"{path}/commands/confirm", {}, If_Match='"1"')
    assert (own.status, own.json["rule"]) == (409, "second-person")
    assert rex.call("POST", f"{path}/commands/confirm", {}, If_Match='"1"').status == 200
    done = until(local_run, ruth, path, "ended_at")
    assert (done["closed"], done["confirmed_by"]) == (2, "Rex")
    case = rex.call("GET", f"/complaints/{robots[0].reference}")
    assert (case.json["stage"], case.json["ended_because"]) == ("closed", "flood")
    assert rex.call("GET", f"/complaints/{person.reference}").json["stage"] != "closed"
    real = rex.call(
        "POST",
        f"/complaints/{robots[0].reference}/commands/reopen",
        {"reason": "She called: it is hers."},
        If_Match=f'"{case.json["version"]}"',
    )
    assert (real.status, real.json["stage"]) == (200, "acknowledged"), real.text


def test_where_most_came_from_is_said_and_leads_to_a_closing_of_these_alone(local_run: LocalRun) -> None:
    counted = counted_crowd(local_run)
    desk = signed_in(local_run, "Ruth", "reviewer")
    page = desk.get(f"/desk{counted.path}?lang=en").text
    assert f"{counted.domain}</bdi>: {CROWD}" in page
    only = re.search(r'href="([^"]*/new\?[^"]*domain=[^"]*)"', page)
    assert only
    form_of_these = desk.get(unescape(only[1])).text
    assert f'value="{counted.domain}"' in form_of_these

    path, asked = f"{counted.path}n", counted.asked
    wrong = counted.ruth.call("POST", f"{path}/commands/propose", asked | {"networks": ["7"]}, If_Match='"0"')
    assert (wrong.status, wrong.json["errors"][0]["pointer"]) == (422, "/networks"), wrong.text
    no_such_group = f"{clock(local_run):%Y-%m-%d}.{GROUPS}"
    named = asked | {"networks": [no_such_group]}
    assert counted.ruth.call("POST", f"{path}/commands/propose", named, If_Match='"0"').status == 200
    assert "closable" not in until(local_run, counted.ruth, path, "counted_at"), "none came from there"


class CountedCrowd(NamedTuple):
    """A closing of cases that came from addresses of one mail domain, once it is counted."""

    path: str
    asked: dict[str, Any]
    domain: str
    ruth: Staff


def counted_crowd(run: LocalRun) -> CountedCrowd:
    words, since = new_word(), clock(run).replace(microsecond=0)
    domain = f"{words}.example"
    for number in range(CROWD):
        sent = form(subject=f"Buy {words} now", complainant={"email": f"robot{number}@{domain}"})
        assert submit(run, sent).status == 201
    settle(run)
    go_to(run, clock(run) + timedelta(minutes=1))
    ruth = Staff(run, "Ruth", "reviewer")
    path = f"/records/flood_closing/demo.{uuid.uuid4().hex}"
    asked = {
        "since": (since - timedelta(minutes=1)).isoformat(),
        "until": clock(run).replace(microsecond=0).isoformat(),
        "words": words,
        "reason": "The same words again and again.",
    }
    assert ruth.call("POST", f"{path}/commands/propose", asked, If_Match='"0"').status == 200
    found = until(run, ruth, path, "counted_at")
    assert found["from_domains"] == [{"name": domain, "cases": CROWD}]
    return CountedCrowd(path, asked, domain, ruth)


def until(run: LocalRun, staff: Staff, path: str, field: str) -> dict[str, Any]:
    """The content of a record once the schedule has got so far."""
    for _ in range(5):
        go_to(run, clock(run) + timedelta(minutes=1))
        settle(run)
        content: dict[str, Any] = staff.call("GET", path).json["content"]
        if content.get(field):
            return content
    raise AssertionError(content)
