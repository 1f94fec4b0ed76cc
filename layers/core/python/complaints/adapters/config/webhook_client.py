"""Webhooks by HTTP: one request each, over in seconds, and never to where only we can reach."""

import socket
from collections.abc import Callable, Mapping
from contextlib import closing
from datetime import datetime, timedelta
from http import HTTPStatus
from http.client import HTTPException, HTTPResponse
from typing import Any
from urllib.parse import SplitResult, urlsplit

from complaints.adapters.config.public_calls import PublicCalls, path_of
from complaints.context.ports import WebhookDelayed, WebhookRefused
from complaints.delivery.webhook_address import fault_of

SECONDS_IN_ALL = 5.0
LEFT_ALONE = timedelta(minutes=1)
"""How long an address that did not answer is not called, counted from the call: a retry after the same
time must not find it blocked still."""

AGENT = "Answerable-Webhooks/1"


class WebhookCalls:
    """Calls receivers (port `Webhooks`); `within` so many seconds each answers, or does not count.

    With `loopback` they may listen on this machine, by plain http. `look_up` answers as `getaddrinfo` does.
    """

    def __init__(
        self,
        now: Callable[[], datetime],
        *,
        loopback: bool = False,
        within: float = SECONDS_IN_ALL,
        look_up: Callable[..., list[Any]] = socket.getaddrinfo,
    ) -> None:
        self._now, self._loopback = now, loopback
        self._calls = PublicCalls(within, look_up)
        self._silent: dict[str, datetime] = {}

    def send(self, address: str, body: bytes, headers: Mapping[str, str]) -> None:
        if fault_of(address, loopback=self._loopback):
            raise WebhookRefused("address")
        now = self._now()
        if self._silent.get(address, now) > now:
            raise WebhookDelayed("silent")
        try:
            status, asked_for = self._call(urlsplit(address), body, headers)
        except (OSError, HTTPException) as error:
            self._silent[address] = now + LEFT_ALONE
            raise WebhookDelayed(type(error).__name__) from error
        if status == HTTPStatus.GONE:
            raise WebhookRefused(str(status))
        if not HTTPStatus.OK <= status < HTTPStatus.MULTIPLE_CHOICES:
            raise WebhookDelayed(str(status), asked_for)

    def _call(self, to: SplitResult, body: bytes, headers: Mapping[str, str]) -> tuple[int, timedelta | None]:
        """The status of the answer, and how long the receiver asks to wait. No redirect is followed, and
        nothing is read of what else it says."""
        values = {"Content-Type": "application/json", "User-Agent": AGENT, "Connection": "close", **headers}
        with self._calls.connected(to) as connection:
            connection.request("POST", path_of(to), body=body, headers=values)
            with closing(connection.getresponse()) as answer:
                return answer.status, _wait_of(answer)


def _wait_of(answer: HTTPResponse) -> timedelta | None:
    """What a receiver asks for in whole seconds (RFC 9110, 10.2.3); a date is not read."""
    asked = answer.headers.get("Retry-After", "").strip()
    return timedelta(seconds=int(asked)) if asked.isascii() and asked.isdigit() and len(asked) < 7 else None
