"""A flood over HTTP: a manager says what it is, another confirms, and one that is real comes back."""

import uuid
from datetime import timedelta
from typing import Any

import pytest

from tests.journeys.steps import Staff, clock, complain, go_to, new_word, settle
from tests.local_run import LocalRun
from tests.pages.desk_client import signed_in


@pytest.mark.iso10002("7.9 closing")
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


def until(run: LocalRun, staff: Staff, path: str, field: str) -> dict[str, Any]:
    """The content of a record once the schedule has got so far."""
    for _ in range(5):
        go_to(run, clock(run) + timedelta(minutes=1))
        settle(run)
        content: dict[str, Any] = staff.call("GET", path).json["content"]
        if content.get(field):
            return content
    raise AssertionError(content)
