"""Every kind of entrance that takes a body, with what lets one in, and bodies that are made to cost much."""

import json
from collections.abc import Iterator, Mapping
from typing import Any, NamedTuple

from benchmarks.hostile.bodies import FORMS, JSON, Body, many_clocks, many_versions, many_words
from complaints.settings.setting import SettingKind
from infrastructure.local.gateway import events
from infrastructure.local.gateway.http import Request
from infrastructure.local.gateway.routes import Match
from infrastructure.package.build import ROOT

CASE = "/v1/desk/complaints/{reference}/commands/{verb}"
OWN = "/v1/complaints/{reference}"
SETTING = "/v1/desk/settings/{kind}/{name}"
VERBS = ("note", "decide", "record", "redact")
"""All commands are read alike; these have the longest texts, lists and free names."""

SITE, PACK = "demo", "crowded"
AS_JSON, AS_FORM = "application/json", "application/x-www-form-urlencoded"
ORIGIN = "https://answerable.example"


class Case(NamedTuple):
    """A complaint that is there, and what opens it."""

    reference: str
    access: str


class Entrance(NamedTuple):
    """One address that takes a body, by whom it is sent, and of what kinds."""

    route: str
    named: Mapping[str, str]
    headers: Mapping[str, str]
    bodies: Mapping[str, Body]
    method: str = "POST"
    query: str = ""

    @property
    def address(self) -> str:
        """The route, with what is named in it but the reference of a case."""
        return self.route.format(
            **{**self.named, **({"reference": "…"} if "reference" in self.named else {})}
        )

    def event(self, body: bytes) -> dict[str, Any]:
        """The request with a body, as the gateway hands it over."""
        path = self.route.format(**self.named)
        headers = {"host": "answerable.example", "idempotency-key": "k", "if-match": '"0"', **self.headers}
        request = Request(self.method, path, self.query, headers, body, "203.0.113.7")
        return events.event(request, path, Match(self.route, dict(self.named)))


def entrances(case: Case, token: str, cookie: str) -> Iterator[Entrance]:
    """All of them: `token` is an administrator's, `cookie` that of a session at the desk."""
    staff = {"content-type": AS_JSON, "authorization": f"Bearer {token}"}
    own = {"content-type": AS_JSON, "authorization": f"Bearer {case.access}"}
    at_case = {"reference": case.reference}
    yield Entrance("/v1/complaints", {}, {"content-type": AS_JSON}, JSON)
    for what in ("messages", "answer", "withdrawal", "survey", "attachments"):
        yield Entrance(f"{OWN}/{what}", at_case, own, JSON)
    for route in ("/v1/desk/complaints", "/v1/desk/imports", "/v1/desk/bulk"):
        yield Entrance(route, {}, staff, JSON)
    for verb in VERBS:
        yield Entrance(CASE, {**at_case, "verb": verb}, staff, JSON)
    yield Entrance("/v1/desk/views", {}, staff, JSON | {"views": many_words("items")}, method="PUT")
    yield from _settings(staff)
    yield from _forms(at_case, cookie)


def _settings(staff: Mapping[str, str]) -> Iterator[Entrance]:
    lists = {
        field: many_words(field, item) for field, item in (("packs", "p"), ("sites", "s"), ("origins", "o"))
    }
    for kind in SettingKind:
        named = {"kind": kind.value, "name": PACK if kind is SettingKind.PACK else SITE, "verb": "change"}
        bodies = JSON | lists | (_packs() if kind is SettingKind.PACK else {})
        yield Entrance(f"{SETTING}/commands/{{verb}}", named, staff, bodies)
    for kind, route in (
        (SettingKind.CALENDAR, "dry-run"),
        (SettingKind.SITE, "dry-run"),
        (SettingKind.TEXTS, "preview"),
    ):
        yield Entrance(f"{SETTING}/{route}", {"kind": kind.value, "name": SITE}, staff, JSON | lists)
    dry_run = JSON | _packs()
    yield Entrance("/v1/desk/packs/{pack}/dry-run", {"pack": PACK}, staff, dry_run, query="limit=100")


def _packs() -> dict[str, Body]:
    """Files of promises in business hours, of a week so short that each takes two years to compute."""
    shipped = ROOT / "layers/core/python/complaints/data/packs/iso10002-default.json"
    rest = json.loads(shipped.read_bytes())
    [version] = rest.pop("packs")
    slow = {"amount": 900, "unit": "business_hours", "counting": "exact", "roll": "none", "extension": None}
    clock = {name: value for name, value in version["clocks"][0].items() if name != "eod"} | slow
    own = version | {"id": PACK, "status": "own", "working_time": {"mon": [["09:00", "18:00"]]}}
    return {
        "clocks": many_clocks(clock, own, rest),
        "as many clocks as may be": lambda _: many_clocks(clock, own, rest)(
            32 * (len(json.dumps(clock)) + 8)
        ),
        "versions": many_versions(own | {"clocks": [clock]}, rest),
    }


def _forms(at_case: Mapping[str, str], cookie: str) -> Iterator[Entrance]:
    anybody = {"content-type": AS_FORM}
    desk = anybody | {"cookie": cookie, "origin": ORIGIN, "sec-fetch-site": "same-origin"}
    for route in ("/complain", "/status"):
        yield Entrance(route, {}, anybody, FORMS)
    yield Entrance("/status/{reference}", at_case, anybody, FORMS)
    for route in ("/desk/intake", "/desk/assign", "/desk/views", "/desk/bulk", "/desk/macros"):
        yield Entrance(route, {}, desk, FORMS)
    yield Entrance("/desk/cases/{reference}/examination", at_case, desk, FORMS)
    yield Entrance("/desk/cases/{reference}/commands/{verb}", {**at_case, "verb": "decide"}, desk, FORMS)
    named = {"kind": "site", "name": SITE, "verb": "change"}
    yield Entrance("/desk/settings/{kind}/{name}/commands/{verb}", named, desk, FORMS)
