"""The steps of those who administer: settings are looked at and changed, members come and go."""

import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any
from urllib.parse import quote

from tests.http import Answer
from tests.journeys.steps import Staff
from tests.local_run import LocalRun

EVERYWHERE = ("demo", "demo-tr", "demo-gb", "demo-au")


@dataclass(frozen=True)
class Office:
    """An administrator at the desk."""

    run: LocalRun
    name: str = "Sam"

    @property
    def staff(self) -> Staff:
        return Staff(self.run, self.name, "admin")

    def setting(self, kind: str, name: str = "demo") -> dict[str, Any]:
        """A setting with its history."""
        got = self.staff.call("GET", f"/settings/{kind}/{name}")
        assert got.status == 200, got.text
        return dict(got.json)

    def tries(
        self, kind: str, name: str, body: dict[str, Any], *, verb: str = "change", **headers: str
    ) -> Answer:
        """Asks for a change of the setting as it stands, unless `If_Match` says otherwise; with a reason."""
        if "If_Match" not in headers:
            headers["If_Match"] = f'"{self._version(kind, name)}"'
        path = f"/settings/{kind}/{quote(name)}/commands/{verb}"
        return self.staff.call("POST", path, {"reason": "It was agreed."} | body, **headers)

    def does(self, kind: str, name: str, body: dict[str, Any], *, verb: str = "change") -> dict[str, Any]:
        """Asks for a change, which must be taken; the setting after it."""
        got = self.tries(kind, name, body, verb=verb)
        assert got.status == 200, got.text
        return dict(got.json)

    @contextmanager
    def promising(self, site: str, *packs: str) -> Iterator[None]:
        """While the block lasts the site promises by these packs: others share it."""
        before = self.setting("packs", site)["record"]
        self.does("packs", site, {"packs": packs, "seen": packs})
        try:
            yield
        finally:
            self.does("packs", site, {"packs": before["packs"], "seen": before["seen"]})

    def adds(self, *roles: str, sites: tuple[str, ...] = EVERYWHERE) -> Staff:
        """Somebody new, who signs in with the first of these roles."""
        name = f"new-{uuid.uuid4().hex[:12]}"
        self.does("member", name, {"name": "Ayşe", "roles": roles, "sites": sites})
        return Staff(self.run, name, roles[0])

    def _version(self, kind: str, name: str) -> int:
        got = self.staff.call("GET", f"/settings/{kind}/{quote(name)}")
        return int(got.json["version"]) if got.status == 200 else 0


def pointers(answer: Answer) -> list[str]:
    """Which values an answer says are wrong."""
    assert answer.status == 422, answer.text
    return [wrong["pointer"] for wrong in answer.json["errors"]]
