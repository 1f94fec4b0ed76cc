"""What the most expensive request and the most expensive mail cost that are taken: processor time."""

import time
from collections.abc import Callable, Iterator, Mapping
from functools import partial
from typing import NamedTuple

from benchmarks.hostile.bodies import Body
from benchmarks.hostile.mails import HOSTILE
from benchmarks.hostile.requests import Case, Entrance, entrances
from benchmarks.measuring.results import Results, Section
from benchmarks.product.gateway_requests import Visits
from benchmarks.product.installation import STAFF, Installation
from complaints.adapters.container import container
from complaints.adapters.inbound_mail import mime_parser
from complaints.context.ports import Claims
from complaints.values.people import Role
from functions.http import staff_sessions
from functions.http.parsing.json_body import MOST_BYTES

HOW = (
    "Bodies of 256 KB, the most that is taken, each made to cost as much as it can "
    "(`benchmarks/hostile/bodies.py`), sent to each kind of entrance by somebody who is let in; and mails "
    "(`benchmarks/hostile/mails.py`) of 300 KB, each read. Processor time in milliseconds of the "
    "thread that does it, of the most expensive of them."
)
HEAD = ("entrance", "tried", "the worst", "milliseconds")
MOST_MILLISECONDS = 300
MAIL_BYTES = 300_000
BORDER = "Please write above this line"
WAITING = 8
"""Open cases, that a dry run may look at."""


class Worst(NamedTuple):
    """The most expensive input of an entrance, and its processor time in milliseconds."""

    milliseconds: float
    name: str


def measure(installation: Installation, visits: Visits, results: Results) -> None:
    """Adds the section and its gates."""
    section = Section("Hostile input", HOW, HEAD)
    results.sections.append(section)
    requests = dict(_requests(installation, visits))
    mails = _worst(HOSTILE, _read, MAIL_BYTES)
    for name, (tried, worst) in {**requests, "a mail that comes in": (len(HOSTILE), mails)}.items():
        section.rows.append((name, str(tried), worst.name, f"{worst.milliseconds:.0f}"))
    most = max(worst.milliseconds for _, worst in requests.values())
    results.within("processor time of any request of 256 KB, in ms", MOST_MILLISECONDS, most)
    results.within(
        "processor time of reading any mail of 300 KB, in ms", MOST_MILLISECONDS, mails.milliseconds
    )


def _read(raw: bytes) -> Callable[[], object]:
    return partial(mime_parser.read, raw, envelope="", own="us@answerable.example", border=BORDER)


def _requests(installation: Installation, visits: Visits) -> Iterator[tuple[str, tuple[int, Worst]]]:
    taken = [visits.submit() for _ in range(WAITING)].pop()
    cookie = staff_sessions.begin_session(container(), Claims(STAFF, tuple(Role))).partition(";")[0]
    token = installation.provider.token(STAFF, "agent", {"roles": [role.value for role in Role]})
    for entrance in entrances(Case(taken.reference, taken.access), token, cookie):
        worst = _worst(entrance.bodies, partial(_asked, visits, entrance), MOST_BYTES)
        yield f"{entrance.method} {entrance.address}", (len(entrance.bodies), worst)


def _asked(visits: Visits, entrance: Entrance, body: bytes) -> Callable[[], object]:
    return partial(visits.ask, entrance.event(body))


def _worst(inputs: Mapping[str, Body], doing: Callable[[bytes], Callable[[], object]], size: int) -> Worst:
    """Each is tried twice, and its better time counts: the first may load what it needs."""
    return max(Worst(min(_spent(doing(made(size))) for _ in range(2)), name) for name, made in inputs.items())


def _spent(act: Callable[[], object]) -> float:
    before = time.thread_time_ns()
    act()
    return (time.thread_time_ns() - before) / 1e6
