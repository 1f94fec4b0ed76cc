"""A staff command in a process of its own, which meets a fault at one of its AWS calls."""

import json
import multiprocessing
import os
from collections.abc import Mapping
from typing import Any, NamedTuple

from complaints.people import Role
from complaints.ports import Claims, IdentityProvider
from complaints.world import assemble
from functions import answers, desk, visits
from functions.visits import Visit
from tests.faults.sitecustomize import Breaker, install
from tests.house import House

_processes = multiprocessing.get_context("forkserver")
_processes.set_forkserver_preload([__name__])

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
    visits.enter(Visit("POST", "/commands", headers, {}, json.dumps(asked.body).encode()))
    return int(answers.plainly(desk.carry_out)(asked.reference, asked.verb).status_code)


def ask_and_meet(fault: str, asked: Asked, table: str) -> int:
    """The same in a process of its own, which meets the fault.

    Its exit status: the status of the answer less 200, or what a signal left.
    """
    process = _processes.Process(target=_meet, args=(fault, asked, table, os.environ[ENDPOINT]))
    process.start()
    process.join()
    assert process.exitcode is not None
    return process.exitcode


def _meet(fault: str, asked: Asked, table: str, endpoint: str) -> None:
    os.environ[ENDPOINT] = endpoint
    assemble.use(House(table, provider=Anybody()).world)
    install(Breaker(fault))
    raise SystemExit(ask(asked) - 200)
