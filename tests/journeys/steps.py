"""The steps that stories are made of: somebody complains, staff work on it, letters go out.

Each complaint has an address and a key of its own, so that stories share a run without meeting.
"""

import uuid
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from infrastructure.local.demonstration.client import proof_of
from tests.http import Answer
from tests.local_run import LocalRun

SCALES: dict[str, Any] = dict.fromkeys(
    ("severity", "safety", "complexity", "impact", "urgency", "immediate_action"), 1
)
DIGITS_AS_LETTERS = str.maketrans("0123456789", "ghijklmnop")
NEAR = timedelta(minutes=30)
FINDING = {"finding": "Packed without padding.", "root_cause": "procedure_not_followed"}


def address() -> str:
    """A mail address that nobody else in this run has."""
    return f"{uuid.uuid4().hex}@example.org"


def new_word() -> str:
    """A word that nobody else in this run writes, without digits: a search for one that nobody has goes on
    with its numbers, and they stand in other words."""
    return "word" + uuid.uuid4().hex.translate(DIGITS_AS_LETTERS)


def form(**changes: Any) -> dict[str, Any]:
    """A complaint that is right in every field, but for its proof of work."""
    return {
        "site": "demo",
        "language": "en",
        "complainant": {"name": "Ada Yılmaz", "email": address()},
        "subject": "Parcel arrived broken",
        "description": "The zebra-striped lamp arrived in four pieces.",
        "category": "delivery.damaged",
        "remedy_sought": "A new lamp.",
        "consent": True,
    } | changes


def proof(run: LocalRun, site: str = "") -> str:
    """A proof of work, fresh and not yet spent; bound to the site if one is named."""
    return proof_of(run.call("GET", f"/v1/challenge?site={site}").json)


def settle(run: LocalRun) -> None:
    """Waits until no letter and no record of the stream waits."""
    assert run.call("POST", "/_local/settle").status == 200


def submit(run: LocalRun, body: dict[str, Any], key: str | None = None, **headers: str) -> Answer:
    """Sends a form, with a fresh proof unless it has one, and with a key of its own unless one is given."""
    sent = {"proof": proof(run)} | body
    return run.call("POST", "/v1/complaints", sent, Idempotency_Key=key or str(uuid.uuid4()), **headers)


def clock(run: LocalRun) -> datetime:
    """The present of a run."""
    return moment(run.call("GET", "/_local/clock").json["now"])


def local_date(run: LocalRun) -> date:
    """Today at the site of the demonstration, where it is tomorrow three hours before it is by UTC."""
    return clock(run).astimezone(ZoneInfo("Europe/Istanbul")).date()


def go_to(run: LocalRun, when: datetime, **how: bool) -> None:
    """Moves the clock of a run forward."""
    got = run.call("POST", "/_local/clock", {"now": when.isoformat(), **how})
    assert got.status == 200, got.text


def keep_midnight_away(run: LocalRun) -> None:
    """Lets midnight pass if it is near: what is counted by the day (of UTC) must not be counted anew."""
    now = clock(run).astimezone(UTC)
    midnight = now.replace(hour=0, minute=0, second=0) + timedelta(days=1)
    if midnight - now < NEAR:
        go_to(run, midnight)


@dataclass(frozen=True)
class Complaint:
    """A complaint as the person who made it holds it; `receipt` is the answer to the form."""

    run: LocalRun
    email: str
    receipt: dict[str, Any]

    @property
    def reference(self) -> str:
        return str(self.receipt["reference"])

    @property
    def access(self) -> str:
        return str(self.receipt["access"])

    def call(self, method: str, what: str = "", body: object = None, **headers: str) -> Answer:
        """Calls an address below the complaint's own, with its token."""
        sent = {"Authorization": f"Bearer {self.access}"} | headers
        return self.run.call(method, f"/v1/complaints/{self.reference}{what}", body, **sent)

    def say(self, what: str, body: object) -> dict[str, Any]:
        """The complainant's `messages`, `answer` or `withdrawal`, which must be taken."""
        got = self.call("POST", f"/{what}", body, Idempotency_Key=str(uuid.uuid4()))
        assert got.status in (200, 202), got.text
        return dict(got.json)

    def view(self) -> dict[str, Any]:
        """What the person sees, once nothing waits any more."""
        settle(self.run)
        return dict(self.call("GET").json)

    def promise(self, clock: str = "respond") -> dict[str, Any]:
        """One promise as the person sees it now."""
        return next(dict(each) for each in self.view()["promises"] if each["clock"] == clock)

    def letters(self) -> list[dict[str, Any]]:
        """The letters that the person got, the newest last."""
        return self.run.mails(self.email)


def complain(run: LocalRun, **changes: Any) -> Complaint:
    """Somebody complains; it is taken and acknowledged."""
    body = form(**changes)
    got = submit(run, body)
    assert got.status == 201, got.text
    settle(run)
    return Complaint(run, str(body["complainant"].get("email", "")), got.json)


@dataclass(frozen=True)
class Staff:
    """A member of staff at the desk, signed in anew whenever the clock of the run was moved."""

    run: LocalRun
    name: str = "Deniz"
    role: str = "agent"

    def token(self, **claims: Any) -> str:
        """A token of the provider, with `claims` replaced, or dropped where they are None."""
        wish = {"role": self.role, "name": self.name, "claims": claims}
        return str(self.run.call("POST", "/_local/token", wish).json["token"])

    def call(self, method: str, path: str, body: object = None, **headers: str) -> Answer:
        """Calls an address of the desk: `/complaints?queue=open`."""
        kept = self.run.tokens
        if self not in kept:
            kept[self] = self.token()
        sent = {"Authorization": f"Bearer {kept[self]}"} | headers
        return self.run.call(method, f"/v1/desk{path}", body, **sent)

    def case(self, complaint: Complaint) -> dict[str, Any]:
        """The whole case."""
        got = self.call("GET", f"/complaints/{complaint.reference}")
        assert got.status == 200, got.text
        return dict(got.json)

    def tries(
        self, complaint: Complaint, verb: str, body: object = None, version: int | None = None, **headers: str
    ) -> Answer:
        """Asks for a command on the case as it stands, or on the version that is given."""
        seen = self.case(complaint)["version"] if version is None else version
        path = f"/complaints/{complaint.reference}/commands/{verb}"
        return self.call("POST", path, {} if body is None else body, **{"If_Match": f'"{seen}"'} | headers)

    def does(self, complaint: Complaint, verb: str, body: object = None) -> dict[str, Any]:
        """Asks for a command, which must be taken; the case after it."""
        got = self.tries(complaint, verb, body)
        assert got.status == 200, (verb, got.text)
        return dict(got.json)

    def decides(self, complaint: Complaint, *remedies: dict[str, Any], **scales: int) -> dict[str, Any]:
        """Assesses, looks into it and decides for the complainant."""
        self.does(complaint, "assess", SCALES | scales)
        self.does(complaint, "find", FINDING)
        decision = {"outcome": "upheld", "reasons": "You are right.", "remedies": remedies}
        return self.does(complaint, "decide", decision)

    def answers(
        self, complaint: Complaint, *remedies: dict[str, Any], outcome: str = "upheld"
    ) -> dict[str, Any]:
        """Decides what is assessed already, tells it, and waits until the letter is out."""
        decision = {"outcome": outcome, "reasons": "We looked again.", "remedies": remedies}
        self.does(complaint, "decide", decision)
        self.does(complaint, "respond")
        return complaint.view()

    def queue(self, name: str, **query: object) -> list[dict[str, Any]]:
        """The items of a queue, over all its pages."""
        asked = "".join(f"&{key}={value}" for key, value in query.items())
        path = f"/complaints?queue={name}{asked}&limit=100"
        return [item for page in pages(lambda cursor: self.call("GET", path + cursor)) for item in page]


def last_fact(case: dict[str, Any], name: str) -> dict[str, Any]:
    """The newest fact of this name: others may be noted after it at any moment, as letters leave."""
    return next(dict(fact) for fact in reversed(case["facts"]) if fact["fact"] == name)


def facts_in(audit: dict[str, Any]) -> list[dict[str, Any]]:
    """The facts of all entries of an audit."""
    return [fact for entry in audit["entries"] for fact in entry["facts"]]


def still(case: dict[str, Any]) -> dict[str, Any]:
    """A case without what time alone changes: how much of each promise has passed and is left."""
    clocks = [
        {name: value for name, value in clock.items() if name not in ("elapsed", "left")}
        for clock in case["clocks"]
    ]
    return case | {"clocks": clocks}


def pages(read: Callable[[str], Answer]) -> list[list[dict[str, Any]]]:
    """The pages of a list; `read` gives one, by what stands in its query behind the other values."""
    found, cursor = [], ""
    while True:
        page = read(cursor).json
        found.append(page["items"])
        if not page["next"]:
            return found
        cursor = f"&cursor={page['next']}"


def exported(staff: Staff, path: str) -> list[Answer]:
    """Every file of an export, as the header of each leads to the next one."""
    found: list[Answer] = []
    while path:
        file = staff.call("GET", path)
        assert file.status == 200, file.text
        found.append(file)
        path = (file.headers["Link"] or "").partition(">")[0].removeprefix(f"<{staff.run.url}/v1/desk")
    return found


def moment(text: str) -> datetime:
    """A moment as answers write it."""
    return datetime.fromisoformat(text)
