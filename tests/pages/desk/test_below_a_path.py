"""Coming to the desk where the installation is served below a path, and where no provider is set up."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest

import app
from complaints.adapters import container
from complaints.adapters.config.environment import Settings
from complaints.adapters.container import Container
from infrastructure.local.aws.secrets import LocalSecrets
from infrastructure.local.gateway.gateway import Gateway
from infrastructure.local.gateway.http import Answer, Request
from infrastructure.package.build import ROOT

URL = "https://complaints.example.org/api"
WORDS = ("table", "sender", "mail_configuration", "issuer", "audience", "jwks_url", "keys", "files")


class Served:
    """The product below a path."""

    def __init__(self, folder: Path, **settings: Any) -> None:
        words = dict.fromkeys(WORDS, "-") | {"url": URL, "client": "us"} | settings
        container.use_container(
            Container(Settings(templates=ROOT / "templates", **words), secrets=LocalSecrets(folder))
        )

    def get(self, path: str) -> Answer:
        path, _, query = path.partition("?")
        return Gateway(app.app, app.app.routes).answer(Request("GET", path, query), path)


@pytest.fixture(autouse=True)
def _ends() -> Iterator[None]:
    yield
    container.use_container(None)


def test_every_address_begins_with_the_path(tmp_path: Path) -> None:
    served = Served(tmp_path, authorize_url="https://login.example/a", token_url="https://login.example/t")
    led = served.get("/desk?queue=mine")
    assert led.header("location") == "/api/desk/sign-in?to=%2Fdesk%3Fqueue%3Dmine"
    asked = served.get("/desk/sign-in")
    assert parse_qs(urlsplit(asked.header("location")).query)["redirect_uri"] == [f"{URL}/desk/signed-in"]
    assert "Path=/; Secure; HttpOnly; SameSite=Lax" in asked.header("set-cookie")


def test_where_no_provider_is_set_up_there_is_nothing_to_sign_in_to(tmp_path: Path) -> None:
    assert Served(tmp_path).get("/desk/sign-in").status == 404
