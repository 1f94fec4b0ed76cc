"""The token of a link leaves the address: it is exchanged for a cookie of the one page that it opens."""

from urllib.parse import urlencode

import pytest

from infrastructure.template.gateway import ACCESS_LOG
from tests.journeys.steps import Complaint, complain
from tests.local_run import LocalRun
from tests.pages.form_client import FORM


@pytest.fixture
def complaint(local_run: LocalRun) -> Complaint:
    return complain(local_run)


def link(complaint: Complaint, below: str = "", **query: str) -> str:
    return f"/status/{complaint.reference}{below}?{urlencode({'t': complaint.access} | query)}"


def test_a_link_leads_to_an_address_without_its_token(complaint: Complaint) -> None:
    got = complaint.run.call("GET", link(complaint, ask="withdraw", lang="tr"))
    path = f"/status/{complaint.reference}"
    assert (got.status, got.headers["Location"]) == (303, f"{path}?ask=withdraw&lang=tr")
    assert got.headers["Set-Cookie"] == (
        f"__Secure-link={complaint.access}; Path={path}; Secure; HttpOnly; SameSite=Lax"
    )
    assert (got.headers["Cache-Control"], got.headers["Referrer-Policy"]) == ("no-store", "no-referrer")
    page = complaint.run.follow(got)
    assert page.status == 200
    assert complaint.access not in page.text.replace(f'name="t" value="{complaint.access}"', "")


@pytest.mark.parametrize("below", ["", "/contact"])
def test_s24_a_program_that_opened_a_link_first_has_used_nothing_up(complaint: Complaint, below: str) -> None:
    before = complaint.view()
    assert complaint.run.call("GET", link(complaint, below)).status == 303
    assert complaint.run.open_link(link(complaint, below)).status == 200
    assert complaint.view() == before


def test_s20_the_cookie_of_one_case_opens_no_other(complaint: Complaint) -> None:
    other = complain(complaint.run)
    cookie = f"__Secure-link={other.access}"
    wrong = complaint.run.call("GET", f"/status/{complaint.reference}", Cookie=cookie)
    nothing = complaint.run.call("GET", "/status/C-ZZZZZ-ZZZZZ-A", Cookie=cookie)
    assert (wrong.status, wrong.text) == (404, nothing.text)
    own = complaint.run.call("GET", f"/status/{other.reference}", Cookie=cookie)
    assert own.status == 200


def test_the_cookie_alone_carries_nothing_out(complaint: Complaint) -> None:
    """A form of another website could not hold the token, whatever its browser sends along."""
    cookie = f"__Secure-link={complaint.access}"
    body = urlencode({"action": "add", "text": "zebra"}).encode()
    path = f"/status/{complaint.reference}"
    assert complaint.run.call("POST", path, body, Content_Type=FORM, Cookie=cookie).status == 404


def test_a_form_gives_the_cookie_anew(complaint: Complaint) -> None:
    body = urlencode({"t": complaint.access, "action": "add", "text": "It is blue."}).encode()
    got = complaint.run.call("POST", f"/status/{complaint.reference}", body, Content_Type=FORM)
    assert complaint.access not in got.headers["Location"]
    assert "It is blue." in complaint.run.follow(got).text


def test_an_address_of_an_earlier_release_still_leads_to_what_was_sent(complaint: Complaint) -> None:
    query = urlencode({"reference": complaint.reference, "t": complaint.access})
    page = complaint.run.open_link(f"/complain/done?{query}")
    assert (page.status, "We have your complaint" in page.text) == (200, True)


def test_s22_the_log_of_the_gateway_has_no_part_that_holds_an_address_or_a_header() -> None:
    """Only these variables of `$context`: none of them has the path, the query or what was sent."""
    assert set(ACCESS_LOG.values()) == {
        "$context.requestTimeEpoch",
        "$context.requestId",
        "$context.resourcePath",
        "$context.httpMethod",
        "$context.status",
        "$context.responseLatency",
        "$context.error.responseType",
    }
