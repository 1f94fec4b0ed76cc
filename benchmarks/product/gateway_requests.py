"""What visitors send, as events of the gateway, and the product that answers them."""

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import cached_property
from typing import Any
from uuid import uuid4

from benchmarks.product.complaint import DESCRIPTION, EMAIL, NAME, SUBJECT
from benchmarks.product.installation import SITE, STAFF, Installation
from complaints.adapters.container import container
from complaints.context.ports import Claims
from complaints.values.people import Role
from functions.http import staff_sessions
from infrastructure.local.aws.lambda_context import LambdaContext
from infrastructure.local.demonstration.client import proof_of
from infrastructure.local.gateway import events
from infrastructure.local.gateway.http import Request
from infrastructure.local.gateway.routes import Match

Event = dict[str, Any]
Answer = Mapping[str, Any]

COMPLAINTS = "/v1/complaints"
DESK = "/v1/desk/complaints"
CASE = "/v1/desk/complaints/{reference}"


@dataclass(frozen=True)
class Taken:
    """A complaint that was taken: its reference, and the token that opens it."""

    reference: str
    access: str


class Visits:
    """Makes events for one installation; `function` is the API's."""

    def __init__(
        self, installation: Installation, function: Callable[[Event, LambdaContext], Answer]
    ) -> None:
        self._function = function
        self._token = installation.provider.token(STAFF, "agent", {})

    @cached_property
    def _session(self) -> dict[str, str]:
        """What the browser of a member of staff sends who is signed in."""
        cookie = staff_sessions.begin_session(container(), Claims(STAFF, (Role.AGENT,)))
        return {"cookie": cookie.partition(";")[0]}

    def answer(self, event: Event, expected: int) -> Answer:
        """The answer; raises RuntimeError when its status is not the `wanted` one."""
        got = self.ask(event)
        if got["statusCode"] != expected:
            raise RuntimeError(f"{event['path']} answered {got['statusCode']}: {got['body']}")
        return got

    def ask(self, event: Event) -> Answer:
        """The answer, whatever it is."""
        return self._function(event, LambdaContext("api"))

    def submission(self, email: str = EMAIL) -> Event:
        """A new complaint with a solved challenge."""
        return event("POST", COMPLAINTS, body=form(email) | {"proof": self._proof()}, headers=_once())

    def submit(self, email: str = EMAIL) -> Taken:
        """Takes a new complaint."""
        taken = json.loads(self.answer(self.submission(email), 201)["body"])
        return Taken(taken["reference"], taken["access"])

    def view(self, taken: Taken) -> Event:
        """The complainant looks at the complaint."""
        return _at(taken.reference, "GET", "/v1/complaints/{reference}", _bearer(taken.access))

    def case(self, taken: Taken) -> Event:
        """A member of staff looks at the case."""
        return _at(taken.reference, "GET", CASE, _bearer(self._token))

    def queue(self) -> Event:
        """A member of staff looks at the first page of the queue of one site."""
        return event("GET", DESK, query=f"queue=open&site={SITE}&limit=50", headers=_bearer(self._token))

    def queue_page(self) -> Event:
        """A member of staff opens the first page of open cases in a browser."""
        return event("GET", "/desk", query=f"queue=open&site={SITE}", headers=self._session)

    def case_page(self, taken: Taken) -> Event:
        """A member of staff opens the page of a case in a browser."""
        return _at(taken.reference, "GET", "/desk/cases/{reference}", self._session)

    def status_page(self, taken: Taken) -> Event:
        """The complainant opens the page of the case in a browser that has followed the link of a letter."""
        cookie = {"cookie": f"__Secure-link={taken.access}"}
        return _at(taken.reference, "GET", "/status/{reference}", cookie)

    def note(self, taken: Taken) -> Event:
        """A member of staff writes an internal note on the case as it stands: the plainest command."""
        version = str(self.answer(self.case(taken), 200)["headers"]["ETag"])
        headers = _bearer(self._token) | _once() | {"if-match": version}
        match = Match(CASE + "/commands/{verb}", {"reference": taken.reference, "verb": "note"})
        return _event("POST", match, headers=headers, body={"text": "Called the carrier: no slip."})

    def intake(self) -> Event:
        """A member of staff takes a complaint down that was told on the telephone."""
        received = datetime.now(UTC).isoformat()
        body = form() | {"channel": "telephone", "received_at": received}
        return event("POST", DESK, body=body, headers=_bearer(self._token) | _once())

    def offer(self, taken: Taken) -> Event:
        """The complainant asks for a place for a photograph."""
        file = {"name": "parcel.jpg", "type": "image/jpeg", "size": 200_000}
        headers = _bearer(taken.access) | _once()
        return _at(taken.reference, "POST", "/v1/complaints/{reference}/attachments", headers, body=file)

    def _proof(self) -> str:
        return proof_of(json.loads(self.answer(event("GET", "/v1/challenge"), 200)["body"]))


def form_page() -> Event:
    """Somebody opens the form of a site in a browser."""
    return event("GET", "/complain", query=f"site={SITE}")


def refused() -> Event:
    """A complaint without a word and without consent: it is refused before anything is looked up."""
    return event("POST", COMPLAINTS, body=form() | {"description": "", "consent": False}, headers=_once())


def form(email: str = EMAIL) -> dict[str, Any]:
    """The form as a website sends it, without its proof."""
    return {
        "site": SITE,
        "language": "en",
        "complainant": {"name": NAME, "email": email, "kind": "consumer"},
        "subject": SUBJECT,
        "description": DESCRIPTION,
        "category": "delivery.damaged",
        "product": "Order 4711",
        "remedy_sought": "replacement",
        "consent": True,
    }


def event(method: str, route: str, **parts: Any) -> Event:
    """An event of a route without parameters; `parts` are `query`, `headers` and `body`."""
    return _event(method, Match(route, {}), **parts)


def _at(reference: str, method: str, route: str, headers: dict[str, str], body: object = None) -> Event:
    return _event(method, Match(route, {"reference": reference}), headers=headers, body=body)


def _event(
    method: str, match: Match, *, query: str = "", headers: dict[str, str] | None = None, body: object = None
) -> Event:
    path = match.pattern.format(**match.parameters)
    sent = {"host": "answerable.example", "content-type": "application/json", **(headers or {})}
    data = b"" if body is None else json.dumps(body).encode()
    return events.event(Request(method, path, query, sent, data, "203.0.113.7"), path, match)


def _bearer(token: str) -> dict[str, str]:
    return {"authorization": f"Bearer {token}"}


def _once() -> dict[str, str]:
    return {"idempotency-key": str(uuid4())}
