"""A local run for pictures: new data, begun at a moment that is the same each time."""

import os
import subprocess
import sys
import threading
from collections.abc import Iterator
from contextlib import closing, contextmanager
from datetime import datetime, timedelta
from http.client import HTTPConnection
from tempfile import TemporaryDirectory
from typing import Any
from urllib.parse import urlencode
from zoneinfo import ZoneInfo

import msgspec

from infrastructure.local.demonstration import EARLIEST, play
from infrastructure.local.demonstration.client import ApiClient
from infrastructure.local.free_port import HeldPort
from infrastructure.local.gateway.http import Answer, Request

TODAY = datetime(2026, 3, 18, 10, 0, tzinfo=ZoneInfo("Europe/Istanbul"))
"""A Wednesday morning in the time of the demonstration's sites."""

PLACE = "127.0.0.1"


class Stage:
    """The run at a port of this machine, and who acts in it."""

    def __init__(self, port: int) -> None:
        self._port = port
        self.url = f"http://{PLACE}:{port}"
        self.shop = f"http://localhost:{port}/_local/shop"
        self.api_client = ApiClient(self.ask)

    def ask(self, request: Request) -> Answer:
        """Sends one request."""
        with closing(HTTPConnection(PLACE, self._port)) as connection:
            connection.request(request.method, request.path, request.body, request.headers)
            got = connection.getresponse()
            return Answer(got.status, tuple(got.getheaders()), got.read())

    def reach(self, moment: datetime) -> None:
        """Leads the clock to a moment, unless that is past, and lets happen what falls due on the way."""
        now = msgspec.convert(self._panel("GET", "clock")["now"], datetime)
        self.wait(max(moment - now, timedelta()))

    def wait(self, time: timedelta) -> None:
        """Moves the clock forward, and sends all letters."""
        self._panel("POST", "clock", {"advance": time})
        self._panel("POST", "settle")

    def status(self, complaint: dict[str, str], **query: str) -> str:
        """The address of the page of a complaint, as the mail has it."""
        return f"{self.url}/status/{complaint['reference']}?{urlencode({'t': complaint['access'], **query})}"

    def demonstrate(self) -> None:
        """Lets the demonstration's complaints happen, the last of them on `TODAY`."""
        play(self.ask, TODAY, self.reach)
        self.reach(TODAY)

    def _panel(self, method: str, name: str, body: object = None) -> dict[str, Any]:
        headers = {"content-type": "application/json", "host": PLACE}
        sent = msgspec.json.encode(body) if body is not None else b""
        answer = self.ask(Request(method, f"/_local/{name}", headers=headers, body=sent))
        return msgspec.json.decode(answer.body, type=dict[str, Any])


@contextmanager
def stage(now: datetime = TODAY - EARLIEST) -> Iterator[Stage]:
    """The run from its start to its end; its clock shows `now` when it begins."""
    with HeldPort() as port, TemporaryDirectory() as data:
        options = {"PORT": str(port.number), "DATA": f"{data}/run", "NOW": now.isoformat()}
        run = subprocess.Popen(
            [sys.executable, "-m", "infrastructure.local.run"],
            env=os.environ | options,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
        )
        assert run.stdout is not None, "it is a pipe"
        if not run.stdout.readline():
            raise SystemExit("the local run ended before it began")
        # It writes its log there, too: a full pipe that is not read would stop the run.
        rest = threading.Thread(target=run.stdout.read)
        rest.start()
        try:
            yield Stage(port.number)
        finally:
            run.terminate()
            rest.join()
            run.wait()
            run.stdout.close()
