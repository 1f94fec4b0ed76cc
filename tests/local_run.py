"""A local run: a process of its own, started, stopped, killed and started again."""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Hashable, Iterator, Mapping
from contextlib import contextmanager
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any
from urllib.parse import quote
from zoneinfo import ZoneInfo

from infrastructure.local.clock import LocalClock
from infrastructure.local.data_folder import DataFolder
from infrastructure.local.demonstration.client import ApiClient
from infrastructure.local.free_port import HeldPort
from infrastructure.local.gateway import http
from infrastructure.local.gateway.http import Request
from tests.http import PATIENCE, Answer, call
from tests.running import forked_runs

ROOT = Path(__file__).parents[1]
FEW = 250
MORNING = datetime(2026, 12, 9, 8, tzinfo=ZoneInfo("Europe/Istanbul"))
"""When runs begin: a Wednesday before no holiday, far from the end of a month.

On the day on which they run, a test might be at midnight here and not there, and fail.
"""
EVENING = 21
START = timedelta(minutes=1)
"""How far the clock of a run goes on that starts again: it never goes back, and a start takes seconds."""
TABLE = "answerable"


class Ended(Exception):
    """A run ended before it answered; the text is what it said."""


class LocalRun:
    """One data folder on one port; `start` it before use. What it prints stands in `said`.

    It begins on a `MORNING`, unless its environment says otherwise (`NOW`, which is none where it is empty),
    and goes on from where it was. One that is not `forked` is started as its user does.
    """

    def __init__(
        self,
        data: Path,
        *,
        demo: bool = False,
        environment: Mapping[str, str] | None = None,
        forked: bool = True,
    ) -> None:
        self.data = data
        self._held = HeldPort()
        self.port = self._held.number
        self.url = f"http://127.0.0.1:{self.port}"
        self._mails_before = 0
        self.tokens: dict[Hashable, str] = {}
        """Those of staff, for eight hours of its clock: they are forgotten when it is moved."""
        self._forked = forked
        self._log = data.with_name(data.name + ".log")
        self._environment = {
            **os.environ,
            "PYTHONPATH": f"{ROOT}:{ROOT / 'layers/core/python'}",
            "PORT": str(self.port),
            "DATA": str(data),
            "DEMO": "1" if demo else "0",
            "NOW": "" if demo else MORNING.isoformat(),
            **(environment or {}),
        }

    def start(self) -> None:
        """Starts the process and waits for its first answer. Raises `Ended`."""
        self.begin()
        deadline = time.monotonic() + PATIENCE
        while not self._answers():
            if self.process.poll() is not None:
                raise Ended(self.said)
            assert time.monotonic() < deadline, self.said
            time.sleep(0.02)

    def begin(self) -> None:
        """Starts the process and waits for nothing."""
        self.tokens.clear()
        clock = DataFolder(self.data).clock
        if self._environment["NOW"] and clock.exists():
            # Without a moment, one that is behind real time would go on to today.
            self._environment["NOW"] = (LocalClock(clock).now() + START).isoformat()
        self.process = self._begun()

    def _begun(self) -> subprocess.Popen[bytes] | forked_runs.Process:
        with self._log.open("ab") as log:
            if self._forked:
                return forked_runs.start(self._environment, self._log)
            return subprocess.Popen(
                [sys.executable, "-m", "infrastructure.local.run"],
                cwd=ROOT,
                env=self._environment,
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=subprocess.STDOUT,
            )

    def stop(self) -> int:
        """Asks it to end, and returns its exit status."""
        return self._end(signal.SIGTERM)

    def kill(self) -> int:
        """Ends it without warning, as a power cut does."""
        return self._end(signal.SIGKILL)

    def wait(self) -> int:
        """Waits until it ends by itself, and returns its exit status."""
        return self.process.wait(timeout=PATIENCE)

    @property
    def said(self) -> str:
        """All that it printed, over all its starts."""
        return self._log.read_text(errors="replace")

    def call(self, method: str, path: str, body: object = None, **headers: str) -> Answer:
        """Calls it over HTTP; see `tests.http.call`."""
        if (method, path) == ("POST", "/_local/clock"):
            self.tokens.clear()
        return call(self.url, method, path, body, **headers)

    def open_link(self, address: str, **headers: str) -> Answer:
        """What a browser shows that opens a link: it follows where the exchange of the token leads."""
        got = self.call("GET", address.removeprefix(self.url), **headers)
        return self.follow(got, **headers) if got.status == 303 and got.headers["Set-Cookie"] else got

    def follow(self, answer: Answer, **headers: str) -> Answer:
        """Goes where an answer leads, with the cookie that it gave."""
        cookie = str(answer.headers["Set-Cookie"] or "").partition(";")[0]
        address = str(answer.headers["Location"]).removeprefix(self.url)
        return self.call("GET", address, **headers, Cookie=cookie)

    def maintain(self, command: str, *, mends: bool = False) -> str:
        """What a command of maintainers says of the table of this run; it only looks unless it `mends`."""
        engine = (self.data / "cases.pid").read_text()
        line = Path(f"/proc/{engine}/cmdline").read_text().split("\0")
        where = {"AWS_ENDPOINT_URL_DYNAMODB": f"http://127.0.0.1:{line[line.index('--port') + 1]}"}
        nobody = {
            "AWS_ACCESS_KEY_ID": "local",
            "AWS_SECRET_ACCESS_KEY": "local",
            "AWS_DEFAULT_REGION": "us-east-1",
        }
        done = subprocess.run(
            [
                sys.executable,
                "-m",
                f"infrastructure.cli.data.{command}",
                TABLE,
                *([] if mends else ["--check"]),
            ],
            env=self._environment | nobody | where,
            cwd=ROOT,
            capture_output=True,
            text=True,
            check=False,
        )
        return done.stdout + done.stderr

    def api_client(self) -> ApiClient:
        """A client of the API over HTTP; its calls raise `client.Refused`."""
        return ApiClient(self._ask)

    def mails(self, to: str = "") -> list[dict[str, Any]]:
        """The mails that were sent, to this address if one is given, once nothing waits any more."""
        self.call("POST", "/_local/settle")
        found = self.call("GET", f"/_local/mail?to={quote(to)}").json["items"]
        return [mail for mail in found if to in mail["to"]]

    def make_room_for_mails(self) -> None:
        """Lets an hour pass if many mails left in it: no reader has more than so many alarms in an hour.

        It goes on to the next morning rather than into the night.
        """
        mails = len(list((self.data / "mail").glob("*.eml")))
        if mails - self._mails_before > FEW:
            now = datetime.fromisoformat(self.call("GET", "/_local/clock").json["now"])
            later = now.astimezone(MORNING.tzinfo) + timedelta(hours=1)
            if later.hour >= EVENING:
                later = (later + timedelta(days=1)).replace(hour=MORNING.hour)
            assert self.call("POST", "/_local/clock", {"now": later.isoformat()}).status == 200
            self._mails_before = mails

    def _ask(self, request: Request) -> http.Answer:
        got = call(self.url, request.method, request.path, request.body, **request.headers)
        return http.Answer(got.status, tuple(got.headers.items()), got.body)

    def _answers(self) -> bool:
        try:
            return self.call("GET", "/_local/clock").status == 200
        except OSError:
            return False

    def _end(self, how: signal.Signals) -> int:
        self.process.send_signal(how)
        return self.wait()


@contextmanager
def running(
    data: Path,
    *,
    demo: bool = False,
    environment: Mapping[str, str] | None = None,
    forked: bool = True,
) -> Iterator[LocalRun]:
    """A local run that is started, and stopped at the end whatever happened to it meanwhile."""
    run = LocalRun(data, demo=demo, environment=environment, forked=forked)
    try:
        run.start()
        yield run
    finally:
        if run.process.poll() is None:
            run.stop()
