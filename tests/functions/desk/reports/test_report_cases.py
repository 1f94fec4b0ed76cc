"""The page of the cases behind a number."""

from inspect import unwrap
from types import SimpleNamespace
from typing import Any

import pytest

from functions.desk.reports import report_cases as api
from functions.desk.reports import report_cases_page as report_cases
from functions.http.request import Request
from functions.http.visit import Visit
from tests.complaints.reporting.test_indicators import MONTH


def test_every_case_that_was_found_stands_on_the_page(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """The cursor leads on from the last one that was looked at: a page that leaves some out loses them."""
    many = [f"CMP-2026-{number:06}" for number in range(250)]
    shown: dict[str, Any] = {}
    site = SimpleNamespace(site=SimpleNamespace(zone="Europe/Berlin"))
    catalogues = SimpleNamespace(spoken=lambda *_: "en")
    deps: Any = SimpleNamespace(catalogues=catalogues, sites=SimpleNamespace(terms=lambda _: site))
    asked = SimpleNamespace(by=None, member=None, site="demo", query=SimpleNamespace(period=MONTH))
    monkeypatch.setattr(api, "access", lambda *_: asked)
    monkeypatch.setattr(api, "find", lambda *_: (many, None))
    monkeypatch.setattr(report_cases, "desk_layout", lambda *_, **values: shown.update(values))
    visit = Visit(deps, Request("GET", "/desk/reports/{name}/cases", {}, {}, b""))
    unwrap(report_cases.show)(visit, "volume")
    assert shown["cases"] == many
