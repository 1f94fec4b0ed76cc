"""Pages of which websites may read an answer (CORS)."""

import pytest

from tests.journeys.settings.administration import Office, pointers
from tests.local_run import LocalRun

SITE = "demo-gb"
CALLS = ("/v1/form", "/v1/challenge")


def readable_by(run: LocalRun, path: str, site: str, origin: str) -> bool:
    """Whether a page of that origin may read what is answered."""
    got = run.call("GET", f"{path}?site={site}", Origin=origin)
    return got.headers["Access-Control-Allow-Origin"] == origin


@pytest.mark.parametrize("origin", ["http://localhost:4711", "http://127.0.0.1:1"])
@pytest.mark.parametrize("path", CALLS)
def test_pages_of_this_machine_may_read_on_any_port(local_run: LocalRun, path: str, origin: str) -> None:
    assert readable_by(local_run, path, SITE, origin)


@pytest.mark.parametrize(
    "origin",
    ["https://localhost:4711", "http://localhost.example:4711", "http://localhost:*.example", "null"],
)
def test_no_other_page_may(local_run: LocalRun, origin: str) -> None:
    assert not any(readable_by(local_run, path, SITE, origin) for path in CALLS)


def test_a_port_that_is_named_is_the_only_one(local_run: LocalRun) -> None:
    administration = Office(local_run)
    before = administration.setting("site", SITE)["record"]["origins"]
    administration.does("site", SITE, {"origins": ["http://localhost:4000"]})
    try:
        assert readable_by(local_run, "/v1/form", SITE, "http://localhost:4000")
        assert not readable_by(local_run, "/v1/form", SITE, "http://localhost:4001")
    finally:
        administration.does("site", SITE, {"origins": before})


def test_only_this_machine_can_be_named_with_every_port(local_run: LocalRun) -> None:
    tried = Office(local_run).tries("site", SITE, {"origins": ["https://shop.example:*"]})
    assert pointers(tried) == ["/origins/0"]


def test_that_there_is_no_such_site_may_be_read_at_the_form_by_every_page(local_run: LocalRun) -> None:
    stranger = "https://stranger.example"
    assert readable_by(local_run, "/v1/form", "nowhere", stranger)
    assert not readable_by(local_run, "/v1/challenge", "nowhere", stranger)
    assert not readable_by(local_run, "/v1/form", SITE, stranger)
