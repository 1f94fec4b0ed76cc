"""The local provider's page to choose who one is."""

import re
from pathlib import Path
from urllib.parse import parse_qs, parse_qsl, urlencode, urlsplit

import pytest

from infrastructure.local.dev_api import signing_in
from infrastructure.local.gateway.http import Request
from infrastructure.local.oidc import AuthorizationCodes, LocalProvider
from tests.builders import MONDAY
from tests.http import Answer
from tests.local_run import LocalRun
from tests.pages.desk_client import AUTHORIZE, FORM_TYPE, Desk


@pytest.fixture
def wish(local_run: LocalRun) -> dict[str, str]:
    """What the product asks the provider."""
    address = Desk(local_run).get("/desk/sign-in").headers["Location"]
    assert urlsplit(address).path == AUTHORIZE
    return dict(parse_qsl(urlsplit(address).query))


def choose(run: LocalRun, wish: dict[str, str], **headers: str) -> Answer:
    sent = {"Content_Type": FORM_TYPE, "Sec_Fetch_Site": "same-origin"} | headers
    return run.call("POST", AUTHORIZE, urlencode(wish).encode(), **sent)


SOMEBODY = {"name": "Ada", "role": "agent"}


def test_a_run_without_sites_offers_the_administrator_who_adds_them(
    wish: dict[str, str], tmp_path: Path
) -> None:
    codes = AuthorizationCodes(LocalProvider(tmp_path, "", lambda: MONDAY), lambda: MONDAY)
    offered = signing_in.calls(codes, wish["redirect_uri"], ("Sam",), {}, lambda *_: None)
    page = offered[AUTHORIZE]["GET"](Request("GET", AUTHORIZE, urlencode(wish)), {}).body.decode()
    assert 'value="Sam"' in page
    assert re.findall("<option>([a-z]+)", page)[0] == "admin"
    assert "Sites of somebody new" not in page


def test_whoever_chooses_is_sent_back_with_a_code_and_the_state(
    local_run: LocalRun, wish: dict[str, str]
) -> None:
    got = choose(local_run, wish | SOMEBODY)
    back = urlsplit(got.headers["Location"])
    assert (got.status, back.path) == (303, "/desk/signed-in")
    assert parse_qs(back.query)["state"] == [wish["state"]]


@pytest.mark.parametrize(
    "change",
    [
        {"redirect_uri": "https://evil.example"},
        {"client_id": "another"},
        {"response_type": "token"},
        {"code_challenge_method": "plain"},
        {"name": ""},
        {"name": "x" * 201},
        {"role": "king"},
    ],
    ids=str,
)
def test_s78_nobody_is_sent_elsewhere_or_made_into_nobody(
    local_run: LocalRun, wish: dict[str, str], change: dict[str, str]
) -> None:
    got = choose(local_run, wish | SOMEBODY | change)
    assert (got.status, got.headers["Location"]) == (422, None)


def test_s78_no_other_website_signs_anybody_in(local_run: LocalRun, wish: dict[str, str]) -> None:
    assert choose(local_run, wish | SOMEBODY, Sec_Fetch_Site="cross-site").status == 403
    assert choose(local_run, wish | SOMEBODY, Content_Type="text/plain").status == 415


@pytest.mark.parametrize("body", [b"\xff\xfe", b"%ff=%ff", b"x" * 10_000])
def test_no_body_is_a_fault(local_run: LocalRun, body: bytes) -> None:
    for path in (AUTHORIZE, "/_local/provider/token"):
        got = local_run.call("POST", path, body, Content_Type=FORM_TYPE)
        assert 400 <= got.status < 500
