"""An auditor who orders evidence packs over HTTP, and fetches them."""

import uuid
from datetime import timedelta
from typing import Any

from tests.http import Answer
from tests.journeys.steps import Staff, clock, go_to, local_date
from tests.local_run import LocalRun

MOST_TURNS = 5
"""So often the schedule goes on: a busy machine may need more than the rest of one turn for many cases."""


class Auditor:
    """Somebody who orders packs, and fetches them."""

    def __init__(self, run: LocalRun, name: str = "Ayla") -> None:
        self.run, self.staff = run, Staff(run, name, "auditor")
        self.id = f"demo.{uuid.uuid4().hex}"
        self.version = 0

    def says(self, verb: str, **body: Any) -> Answer:
        path = f"/records/evidence_pack/{self.id}/commands/{verb}"
        got = self.staff.call("POST", path, body, If_Match=f'"{self.version}"')
        if got.status == 200:
            self.version = got.json["version"]
        return got

    def orders(self, **body: Any) -> None:
        today = local_date(self.run)
        period = {"since": (today - timedelta(days=3)).isoformat(), "until": today.isoformat()}
        got = self.says("order", **{**period, "size": 5} | body)
        assert got.status == 200, got.text
        for _ in range(MOST_TURNS):
            let_it_be_made(self.run)
            if self.record()["content"].get("made_at"):
                return
        raise AssertionError("the log says why it was not made")

    def record(self) -> dict[str, Any]:
        return dict(self.staff.call("GET", f"/records/evidence_pack/{self.id}").json)

    def fetches(self) -> bytes:
        got = self.says("fetch")
        assert got.status == 200, got.text
        return bytes(
            self.run.call("GET", got.json["file"].partition("localhost:8000")[2] or got.json["file"]).body
        )


def let_it_be_made(run: LocalRun) -> None:
    """Lets the schedule run at two moments, one of which is not in the last minute of a turn."""
    for _ in range(2):
        go_to(run, clock(run) + timedelta(minutes=4))


def sealed(run: LocalRun) -> None:
    """Lets an hour pass, and seals it."""
    go_to(run, clock(run) + timedelta(hours=1, minutes=10))
    assert run.call("POST", "/_local/checkpoints").status == 200
