"""A command, a run of the schedule or a letter in a process of its own, which meets a fault at a call."""

import json
import multiprocessing
import os
import sys
from collections.abc import Callable, Mapping
from datetime import datetime
from multiprocessing import forkserver
from pathlib import Path
from typing import Any, NamedTuple

import pytest

from complaints.adapters import container
from complaints.context.ports import Claims, DueShare, IdentityProvider, MailSender
from complaints.values.people import Role
from functions.desk.case import cases
from functions.http import request
from functions.http.request import Request
from functions.http.visit import entrance
from functions.workers.letters import outbox
from tests.faults.sitecustomize import Breaker, install
from tests.installation import Installation

_processes = multiprocessing.get_context("forkserver")
_processes.set_forkserver_preload(["tests.faults.preloaded"])

ENDPOINT = "AWS_ENDPOINT_URL_DYNAMODB"


class Anybody(IdentityProvider):
    """Takes everybody for who they say they are, an agent."""

    def verify(self, token: str) -> Claims:
        return Claims(token, (Role.AGENT,))


class Asked(NamedTuple):
    """A command as it is sent: who asks, for what, of which case as it was when they looked."""

    who: str
    reference: str
    verb: str
    body: Mapping[str, Any]
    version: int
    key: str


def ask(asked: Asked) -> int:
    """Asks for the command in this process, in the world that is in use; the status of the answer."""
    headers = {
        "authorization": f"Bearer {asked.who}",
        "content-type": "application/json",
        "if-match": f'"{asked.version}"',
        "idempotency-key": asked.key,
    }
    request.set_current_request(Request("POST", "/commands", headers, {}, json.dumps(asked.body).encode()))
    return int(entrance(cases.handle_command)(reference=asked.reference, verb=asked.verb).status_code)


def ask_and_meet(fault: str, asked: Asked, table: str) -> int:
    """The same in a process of its own, which meets the fault.

    Its exit status: the status of the answer less 200, or what a signal left.
    """
    return in_a_process(_meet, fault, asked, table, os.environ[ENDPOINT])


class MailFolder(MailSender):
    """Takes every letter, and notes each in a file, so that processes share it."""

    def __init__(self, folder: Path) -> None:
        self._file = folder / "mails"

    @property
    def sent(self) -> list[str]:
        """Whom each letter went to, and which it was."""
        return self._file.read_text().splitlines() if self._file.exists() else []

    def send(self, message: bytes, *, sender: str, to: str, tags: Mapping[str, str]) -> str:
        with self._file.open("a") as file:
            file.write(f"{to} {tags['letter']}\n")
        return f"mail-{len(self.sent)}"


def run_schedule_and_meet(fault: str, table: str, at: datetime, share: DueShare | None = None) -> int:
    """A run of the schedule, or of a share, in a process of its own, which meets the fault. Its exit
    status."""
    return in_a_process(_meet_on_schedule, fault, table, at, os.environ[ENDPOINT], share)


def deliver_and_meet(fault: str, table: str, at: datetime, folder: Path, reference: str, letter: str) -> int:
    """A letter is delivered into `folder` in a process of its own, which meets the fault. Its exit status."""
    endpoint = os.environ[ENDPOINT]
    return in_a_process(_meet_at_the_outbox, fault, table, at, folder, reference, letter, endpoint)


def in_a_process(work: Callable[..., None], *context: Any) -> int:
    """Does the work in a process that begins with what is `preloaded`. Its exit status."""
    with pytest.MonkeyPatch.context() as environment:
        # The server of these processes imports by it; it is started before the first of them.
        environment.setenv("PYTHONPATH", os.pathsep.join(sys.path))
        forkserver.ensure_running()
    process = _processes.Process(target=work, args=context)
    process.start()
    process.join()
    assert process.exitcode is not None
    return process.exitcode


def _meet_on_schedule(fault: str, table: str, at: datetime, endpoint: str, share: DueShare | None) -> None:
    installation = _installation_at(table, endpoint, at)
    install(Breaker(fault))
    installation.run_share(share) if share else installation.run_schedule()


def _meet_at_the_outbox(
    fault: str, table: str, at: datetime, folder: Path, reference: str, letter: str, endpoint: str
) -> None:
    _installation_at(table, endpoint, at, mail_sender=MailFolder(folder))
    install(Breaker(fault))
    outbox.deliver(container.container(), reference, letter)


def _installation_at(table: str, endpoint: str, at: datetime, **instead: Any) -> Installation:
    os.environ[ENDPOINT] = endpoint
    installation = Installation(table, **instead)
    installation.clock.moment = at
    container.use_container(installation.world)
    return installation


def _meet(fault: str, asked: Asked, table: str, endpoint: str) -> None:
    os.environ[ENDPOINT] = endpoint
    container.use_container(Installation(table, provider=Anybody()).world)
    install(Breaker(fault))
    raise SystemExit(ask(asked) - 200)
