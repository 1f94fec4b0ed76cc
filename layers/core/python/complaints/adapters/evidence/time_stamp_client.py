"""A time stamp authority by HTTP (RFC 3161, 3.4): one request, over in seconds, an answer of bounded size."""

import socket
from base64 import b64encode
from collections.abc import Callable
from contextlib import closing
from http import HTTPStatus
from http.client import HTTPException, HTTPResponse
from typing import Any
from urllib.parse import urlsplit

from complaints.adapters.config.public_calls import PublicCalls, path_of
from complaints.checkpoints.ports import LARGEST_STAMP, NotStamped
from complaints.delivery.webhook_address import fault_of

SECONDS_IN_ALL = 10.0
QUERY, REPLY = "application/timestamp-query", "application/timestamp-reply"
AGENT = "Answerable-Checkpoints/1"
LOGIN = "time-stamp-login"
"""The name of user and password in the secret store, a colon between, where the authority asks for them."""


def no_login() -> str:
    return ""


class TimeStampCalls:
    """The authority at an address (port `TimeStampAuthority`), which answers `within` so many seconds.

    With `loopback` it may listen on this machine, by plain http. `login` gives user and password (RFC 7617),
    or nothing where it asks for none. `look_up` answers as `getaddrinfo` does.
    """

    def __init__(
        self,
        address: str,
        *,
        loopback: bool = False,
        within: float = SECONDS_IN_ALL,
        login: Callable[[], str] = no_login,
        look_up: Callable[..., list[Any]] = socket.getaddrinfo,
    ) -> None:
        self._address, self._loopback, self._login = address, loopback, login
        self._calls = PublicCalls(within, look_up)

    def ask(self, request: bytes) -> bytes:
        if fault_of(self._address, loopback=self._loopback):
            raise NotStamped("address")
        to = urlsplit(self._address)
        values = {"Content-Type": QUERY, "Accept": REPLY, "User-Agent": AGENT, "Connection": "close"}
        if login := self._login():
            values["Authorization"] = f"Basic {b64encode(login.encode()).decode()}"
        try:
            with self._calls.connected(to) as connection:
                connection.request("POST", path_of(to), body=request, headers=values)
                with closing(connection.getresponse()) as answer:
                    content = _content(answer)
        except (OSError, HTTPException) as error:
            raise NotStamped(type(error).__name__) from error
        return content


def _content(answer: HTTPResponse) -> bytes:
    """What it answered. No redirect is followed. Raises `NotStamped`."""
    if answer.status != HTTPStatus.OK:
        raise NotStamped(str(answer.status))
    if answer.headers.get_content_type() != REPLY:
        raise NotStamped("content type")
    content = answer.read(LARGEST_STAMP + 1)
    if len(content) > LARGEST_STAMP:
        raise NotStamped("too large")
    return content
