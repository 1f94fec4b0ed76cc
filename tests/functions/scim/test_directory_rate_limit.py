"""A directory makes so many requests in a minute with one token, and is told when to go on."""

from collections.abc import Iterator
from datetime import timedelta
from hashlib import sha256

import pytest

from complaints.delivery import rate_limits
from complaints.settings.member_commands import SetDirectoryToken
from complaints.settings.setting import SettingKind
from complaints.values.errors import NotSignedIn
from functions.http.request import Request
from functions.http.visit import Visit
from functions.scim.endpoint import authenticated
from functions.scim.errors import ScimError
from infrastructure.local.seed import surroundings
from tests.installation import Installation, opened

TOKEN = "of the directory"


@pytest.fixture
def installation(table: str) -> Iterator[Installation]:
    with opened(table) as installation:
        world = installation.world
        setting = world.settings_store.load(SettingKind.DIRECTORY, "scim")
        hashed = SetDirectoryToken(token_hash=sha256(TOKEN.encode()).hexdigest(), reason="Connected.")
        world.settings_service.carry_out(setting, hashed, surroundings(world))
        yield installation


def ask(installation: Installation, token: str = TOKEN) -> None:
    request = Request("GET", "/scim/v2/Users", {"authorization": f"Bearer {token}"}, {}, b"")
    authenticated(Visit(installation.world, request))


def test_what_is_over_the_limit_is_refused_until_the_next_minute(
    installation: Installation, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(rate_limits, "REQUESTS_OF_A_DIRECTORY", 3)
    for _ in range(3):
        ask(installation)
    with pytest.raises(ScimError) as refused:
        ask(installation)
    wait = int(refused.value.headers["Retry-After"])
    assert (refused.value.status, 1 <= wait <= 60) == (429, True)
    installation.clock.moment += timedelta(seconds=wait)
    ask(installation)


def test_a_wrong_token_takes_nothing_of_what_is_allowed(
    installation: Installation, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(rate_limits, "REQUESTS_OF_A_DIRECTORY", 1)
    for _ in range(3):
        with pytest.raises(NotSignedIn):
            ask(installation, "of nobody")
    ask(installation)
