"""An objective over HTTP and as a page: set, judged by the figures of ended periods, and ended."""

import uuid
from datetime import timedelta

import pytest

from tests.html import Reading
from tests.journeys.steps import Staff, local_date
from tests.local_run import LocalRun
from tests.pages.desk_client import signed_in


@pytest.mark.iso10002("6.2 objectives: judged")
def test_an_objective_is_set_and_its_ended_periods_are_judged(local_run: LocalRun) -> None:
    quinn, today = Staff(local_run, "Quinn", "quality"), local_date(local_run)
    quinn.call("GET", "/me")
    last_month = today.replace(day=1) - timedelta(days=1)
    path = f"/records/objective/demo.{uuid.uuid4().hex}"
    body = {
        "indicator": "received",
        "direction": "at_most",
        "target": 1_000_000,
        "period": "month",
        "owner": "Quinn",
        "since": last_month.isoformat(),
    }
    made = quinn.call("POST", f"{path}/commands/set", body, If_Match='"0"')
    assert made.status == 200, made.text
    wrong = quinn.call("POST", f"{path}/commands/retarget", {"target": -1}, If_Match='"1"')
    assert wrong.status == 422
    desk = signed_in(local_run, "Quinn", "quality")
    for language, words in (("en", ("At most", "Met", "1000000")), ("tr", ("En çok", "Ulaşıldı"))):
        page = Reading(desk.get(f"/desk{path}?lang={language}").text).words
        assert all(each in page for each in words), page
    ended = quinn.call("POST", f"{path}/commands/end", {"until": today.isoformat()}, If_Match='"1"')
    assert ended.json["allowed_commands"] == ["end"], ended.text
