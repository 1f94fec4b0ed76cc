"""The token of a complaint: it stands where the page needs it, and nowhere else."""

import json
from pathlib import Path
from urllib.parse import urlencode

import pytest

from tests.html import Reading
from tests.journeys.steps import Complaint, complain
from tests.local_run import LocalRun, running
from tests.pages.page_client import Page


@pytest.fixture
def status_page(local_run: LocalRun) -> Page:
    return Page(local_run, complain(local_run).receipt)


def test_s22_the_token_stands_in_forms_and_in_no_link_and_no_title(status_page: Page) -> None:
    token = str(status_page.complaint["access"])
    got = status_page.open()
    for tag, attributes in Reading(got.text).elements:
        for name, value in attributes.items():
            if value and token in value:
                is_field = (tag, attributes.get("name"), name) == ("input", "t", "value")
                assert is_field, (tag, name)
    assert token not in got.text.partition("<title>")[2].partition("</title>")[0]
    assert token not in Reading(got.text).words


@pytest.mark.parametrize("query", [{}, {"ask": "withdraw"}, {"done": "add"}])
def test_s22_no_browser_hands_the_address_on_or_keeps_the_page(
    status_page: Page, query: dict[str, str]
) -> None:
    headers = status_page.open(**query).headers
    assert headers["Referrer-Policy"] == "no-referrer"
    assert headers["Cache-Control"] == "no-store"
    assert headers["X-Robots-Tag"] == "noindex"


def test_s22_nothing_that_the_page_loads_is_of_another_host_or_has_the_token(status_page: Page) -> None:
    for address, _ in Reading(status_page.open().text).assets:
        assert address
        assert address.startswith("/static/")
        assert "?" not in address


def test_s22_no_query_and_no_token_is_logged(tmp_path: Path) -> None:
    with running(tmp_path / "data") as run:
        complaint = complain(run)
        everything(complaint)
        logged = run.said
    routes = {json.loads(line).get("route") for line in logged.splitlines() if line.startswith("{")}
    assert {"/status", "/status/{reference}", "/status/{reference}/data"} <= routes
    for secret in (complaint.access, "quagga", complaint.email):
        assert secret not in logged


def everything(complaint: Complaint) -> None:
    """Each route of the page, with something in the query that stands nowhere else."""
    page = Page(complaint.run, complaint.receipt)
    page.open(quagga="quagga")
    page.send(page.hidden("add") | {"text": "quagga"})
    kind = "application/x-www-form-urlencoded"
    body = urlencode(page.hidden("data")).encode()
    complaint.run.call("POST", f"{page.path}/data?t={complaint.access}", body, Content_Type=kind)
    for lost in ({"reference": complaint.reference, "email": complaint.email}, {"email": complaint.email}):
        complaint.run.call("POST", "/status?quagga=quagga", urlencode(lost).encode(), Content_Type=kind)
    complaint.run.call("GET", f"{page.path}/files/quagga?t={complaint.access}")


@pytest.mark.parametrize("what", ["/data", "/files/x", ""])
def test_s24_a_get_of_every_address_of_the_page_changes_nothing(local_run: LocalRun, what: str) -> None:
    complaint = complain(local_run)
    path = f"/status/{complaint.reference}{what}"
    before = complaint.view()
    for action in ("add", "answer", "withdraw", "survey", "data"):
        query = urlencode({"t": complaint.access, "action": action, "text": "x", "done": action})
        for method in ("GET", "HEAD"):
            local_run.call(method, f"{path}?{query}")
    assert complaint.view() == before
