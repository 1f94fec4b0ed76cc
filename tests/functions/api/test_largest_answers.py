"""No answer is larger than Lambda hands over, be the case as large as is permitted."""

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from urllib.parse import urlsplit
from uuid import uuid4

import pytest

import app
from complaints.adapters.container import container
from complaints.adapters.dynamodb.table import create_table
from complaints.case.correspondence.mail import MailOutcome, ReceivedMail
from complaints.casework.correspondence.messages import MESSAGES_A_DAY, Add
from complaints.context.decision_context import Context
from complaints.context.ports import Claims
from complaints.values.people import COMPLAINANT, Role
from functions.http import staff_sessions
from infrastructure.local.aws.s3 import LocalS3, PresignedUrls
from infrastructure.local.gateway.gateway import Gateway
from infrastructure.local.gateway.http import Answer, Request
from tests.html import Reading
from tests.installation import EveryRole, Installation, opened

LONGEST = 20_000
SIGNS = ('"', "&", "\U0001f600")
"""What takes most room: in JSON within JSON, in a page, and as it is."""

DAYS = 5
"""Of as many messages as a day may have: 8 MB of words."""


@dataclass
class Large:
    """An installation with a case of as many and as long messages as may be."""

    installation: Installation
    files: LocalS3
    reference: str
    access: str

    def get(self, path: str, query: str = "", method: str = "GET", **headers: str) -> Answer:
        """What the gateway answers, which refuses what Lambda would."""
        gateway = Gateway(app.app, app.app.routes)
        named = {name.replace("_", "-"): value for name, value in headers.items()}
        return gateway.answer(Request(method, path, query, {"host": "answerable.example", **named}), path)

    def own(self, path: str = "") -> Answer:
        return self.get(f"/v1/complaints/{self.reference}{path}", authorization=f"Bearer {self.access}")

    def staff(self, path: str, query: str = "") -> Answer:
        return self.get(f"/v1/desk{path}", query, authorization="Bearer token")

    def page(self, path: str) -> Answer:
        cookie = staff_sessions.begin_session(container(), Claims("Deniz", tuple(Role))).partition(";")[0]
        return self.get(f"/desk{path}", cookie=cookie)


def text_of(number: int) -> str:
    """A text of the longest that is taken, which no other is."""
    return f"{number:04}" + SIGNS[number % len(SIGNS)] * (LONGEST - 4)


def a_mail(number: int, installation: Installation) -> ReceivedMail:
    """A mail of the longest words that are kept."""
    return ReceivedMail(
        id=f"{number:064}",
        site="demo",
        received_at=installation.clock.now(),
        outcome=MailOutcome.NO_CASE,
        raw=f"{number:064}",
        sender="ada@example.org",
        text=text_of(number),
        quoted=text_of(number),
        full_text=text_of(number) * 2,
    )


NUMBERS = range(DAYS * MESSAGES_A_DAY)


@pytest.fixture(scope="module")
def large(engine_endpoint: str, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Large]:
    table = f"test-{uuid4().hex}"
    create_table(table)

    def now() -> datetime:
        return installation.clock.now()

    files = LocalS3(tmp_path_factory.mktemp("files"), PresignedUrls("http://localhost", b"k" * 32, now), now)
    with opened(table, provider=EveryRole(), files=files) as installation:
        case = installation.world.cases.load(installation.take("k"))
        assert case is not None
        terms = installation.world.sites.terms(case.complaint.site)
        for number in NUMBERS:
            installation.clock.moment += timedelta(days=1) / MESSAGES_A_DAY
            context = Context(now=installation.clock.moment, by=COMPLAINANT, terms=terms)
            case = installation.world.casework.carry_out(case, Add(text=text_of(number)), context)
        yield Large(installation, files, case.complaint.reference, installation.world.casework.access(case))


def test_what_is_held_of_a_large_case_is_a_file_with_all_of_it(large: Large) -> None:
    got = large.own("/data")
    assert (got.status, got.header("cache-control")) == (303, "no-store")
    address = urlsplit(got.header("location"))
    made = large.files.handed_out("/".join(address.path.split("/")[-2:]))
    assert made is not None
    data: dict[str, Any] = json.loads(made)
    assert [message["text"] for message in data["messages"]] == [text_of(number) for number in NUMBERS]
    assert data["reference"] == large.reference


def test_all_messages_of_a_large_case_are_shown_page_by_page(large: Large) -> None:
    query, cookie = "all=1", f"__Secure-link={large.access}"
    shown: list[str] = []
    for _ in range(len(NUMBERS)):
        got = large.get(f"/status/{large.reference}", query, cookie=cookie)
        assert got.status == 200
        page = Reading(got.body.decode())
        found = re.findall(r'dir="auto">(\d{4})', got.body.decode())
        shown = [*found, *shown]
        earlier = [link for link in page.links if "before=" in link]
        if not earlier:
            break
        query = urlsplit(earlier[0]).query
    assert shown == [f"{number:04}" for number in NUMBERS]


@pytest.mark.parametrize("path", ["", "/messages"])
def test_a_complainant_sees_the_latest_of_a_large_case(large: Large, path: str) -> None:
    got = large.own(path)
    assert got.status == 200
    body: dict[str, Any] = json.loads(got.body)
    assert (body.get("messages") or body["items"])[-1]["text"] == text_of(NUMBERS[-1])


def test_staff_see_the_latest_of_a_large_case(large: Large) -> None:
    got = large.staff(f"/complaints/{large.reference}")
    assert got.status == 200
    case: dict[str, Any] = json.loads(got.body)
    assert case["facts"][0]["number"] == 1
    assert case["messages"][-1]["text"] == text_of(NUMBERS[-1])
    for path in ("", "/audit", "/letters"):
        assert large.page(f"/cases/{large.reference}{path}").status == 200
        assert large.staff(f"/complaints/{large.reference}{path}").status == 200


def test_a_page_of_long_mails_ends_where_an_answer_does(large: Large) -> None:
    for number in range(60):
        large.installation.clock.moment += timedelta(seconds=1)
        large.installation.world.inbound_mail.keep(a_mail(number, large.installation))
    shown: list[str] = []
    cursor = ""
    while True:
        got = large.staff("/mail", f"site=demo&limit=100{cursor}")
        assert got.status == 200
        body: dict[str, Any] = json.loads(got.body)
        shown += [mail["text"][:4] for mail in body["items"]]
        if body["next"] is None:
            break
        cursor = f"&cursor={body['next']}"
    assert shown == [f"{number:04}" for number in reversed(range(60))]
    assert large.page("/mail").status == 200
