"""The `/_local` calls: what they answer, whom they refuse, and that no body makes a 5xx."""

import json
from datetime import datetime, timedelta
from email.message import EmailMessage
from pathlib import Path
from typing import Any

import pytest

from infrastructure.local.aws.s3 import LocalS3, PresignedUrls
from infrastructure.local.aws.ses import LocalSes
from infrastructure.local.aws.ses_inbound import LocalInboundSes
from infrastructure.local.clock import LocalClock, TimeMachine
from infrastructure.local.dev_api import clock as clock_calls
from infrastructure.local.dev_api import mailbox, signing_in
from infrastructure.local.dev_api.routes import DevApi
from infrastructure.local.gateway.http import Answer, Request
from infrastructure.local.oidc import LocalProvider

OWN = {"host": "127.0.0.1:8000"}


def nothing() -> None:
    """Nothing falls due here."""


class Desk:
    """A panel over a real clock, post and provider; it notes who was welcomed."""

    def __init__(self, folder: Path) -> None:
        self.clock = LocalClock(folder / "clock.json")
        self.post = LocalSes(folder, self.clock.now)
        addresses = PresignedUrls("http://127.0.0.1:8000", b"key", self.clock.now)
        files = LocalS3(folder / "files", addresses, self.clock.now)
        self.notified: list[dict[str, Any]] = []
        self.mail_in = LocalInboundSes(folder, files, self.clock.now, self.notified.append)
        self.welcomed: list[str] = []
        machine = TimeMachine(self.clock, lambda _: None, tick=nothing, settle=nothing, seal=nothing)
        provider = LocalProvider(folder, "http://127.0.0.1:8000/_local/provider", self.clock.now)
        self.panel = DevApi(
            {
                **mailbox.calls(self.post, self.mail_in),
                **clock_calls.calls(self.clock, machine, settle=lambda: None),
                **signing_in.token_calls(provider, self.welcomed.append),
            }
        )

    def ask(self, method: str, path: str, body: str = "", **headers: str) -> Answer:
        sent = (
            OWN | {"content-type": "application/json"} | {k.replace("_", "-"): v for k, v in headers.items()}
        )
        where, _, query = path.partition("?")
        return self.panel.answer(Request(method, where, query, headers=sent, body=body.encode()), where)


@pytest.fixture
def desk(tmp_path: Path) -> Desk:
    return Desk(tmp_path)


@pytest.mark.parametrize(
    "host", ["evil.example", "evil.example:8000", "127.0.0.1.evil.example", "", "0.0.0.0:8000"]
)
@pytest.mark.parametrize(
    ("method", "path"), [("GET", "/_local/mail"), ("POST", "/_local/token"), ("GET", "/_local/nothing")]
)
def test_s78_another_host_is_refused_whatever_it_asks(desk: Desk, host: str, method: str, path: str) -> None:
    assert desk.ask(method, path, host=host).status == 403


@pytest.mark.parametrize("host", ["127.0.0.1", "127.0.0.1:8000", "localhost:1", "LOCALHOST"])
def test_this_machine_is_let_in(desk: Desk, host: str) -> None:
    assert desk.ask("GET", "/_local/mail", host=host).status == 200


def test_a_website_in_the_users_browser_is_refused(desk: Desk) -> None:
    wish = '{"role": "admin", "name": "Mallory"}'
    assert desk.ask("POST", "/_local/token", wish, sec_fetch_site="cross-site").status == 403
    assert desk.ask("POST", "/_local/token", wish, content_type="text/plain").status == 415
    assert desk.welcomed == []


@pytest.mark.parametrize("path", ["/_local/clock", "/_local/token"])
@pytest.mark.parametrize(
    "body",
    ["", "{", "null", "7", "[]", "[" * 100_000, '{"speed": 2}', '{"late": true}', '{"late": 1}',
     '{"now": 7}', '{"now": "2026-03-04"}', '{"now": "2026-03-04T10:00:00"}',
     '{"now": "0001-01-01T00:00:00+23:59"}', '{"now": "9999-12-31T23:59:59-12:00"}',
     '{"now": "2099-01-01T00:00:00Z", "advance": "PT1H"}',
     '{"advance": "three hours"}', '{"advance": "P9999999999999D"}', '{"advance": "-PT1H"}',
     '{"advance": "P9999D"}', '{"role": "agent"}', '{"role": "", "name": ""}',
     '{"role": "agent", "name": "x", "claims": []}', '{"role": "agent", "name": "\\ud800"}'],
)  # fmt: skip
def test_a_wrong_body_is_the_senders_fault(desk: Desk, path: str, body: str) -> None:
    got = desk.ask("POST", path, body)
    assert 400 <= got.status < 500
    assert got.header("content-type") == "application/problem+json; charset=utf-8"


def test_the_clock_moves_forward_and_tells_where_it_is(desk: Desk) -> None:
    before = desk.clock.now()
    got = desk.ask("POST", "/_local/clock", '{"advance": "P1DT3H"}')
    now = datetime.fromisoformat(json.loads(got.body)["now"])
    assert timedelta(hours=27) <= now - before < timedelta(hours=27, minutes=1)


def test_a_token_makes_the_member(desk: Desk) -> None:
    got = desk.ask("POST", "/_local/token", '{"role": "agent", "name": "Deniz"}')
    assert json.loads(got.body)["token"].count(".") == 2
    assert desk.welcomed == ["Deniz"]


def test_mails_are_a_list_for_a_program_and_a_page_for_a_browser(desk: Desk) -> None:
    message = EmailMessage()
    message["Subject"] = "<script>alert(1)</script>"
    message.set_content("Hello")
    message.add_alternative("<b onclick=x>Hello</b>", subtype="html")
    id = desk.post.send(message.as_bytes(), sender="a@example.org", to="b@example.org", tags={})
    assert [mail["id"] for mail in json.loads(desk.ask("GET", "/_local/mail").body)["items"]] == [id]
    for to, found in (("b%40example", [id]), ("c%40example", [])):
        asked = desk.ask("GET", f"/_local/mail?to={to}")
        assert [mail["id"] for mail in json.loads(asked.body)["items"]] == found
    page = desk.ask("GET", "/_local/mail", accept="text/html,*/*")
    assert b"<script" not in page.body
    assert "default-src 'none'" in page.header("content-security-policy")
    assert "sandbox" in desk.ask("GET", f"/_local/mail/{id}").header("content-security-policy")


@pytest.mark.parametrize(
    ("method", "path", "status"),
    [
        ("GET", "/_local", 404),
        ("GET", "/_local/mail/none", 404),
        ("DELETE", "/_local/mail", 405),
        ("GET", "/_local/token", 405),
        ("HEAD", "/_local/mail", 200),
        ("POST", "/_local/settle", 200),
        ("GET", "/_local/provider/jwks.json", 200),
        ("GET", "/_local/provider/.well-known/openid-configuration", 200),
    ],
)
def test_each_address_answers_its_own_methods(desk: Desk, method: str, path: str, status: int) -> None:
    assert desk.ask(method, path).status == status
