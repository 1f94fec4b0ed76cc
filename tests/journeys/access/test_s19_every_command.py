"""Abuse cases 12 and 19: each command in each stage and level, for each role, over HTTP.

What must be taken is said by the tables of `tests/complaints/permission_tables.py`, written by hand. In every
situation, what is offered is compared with them here, and what is taken by `test_lifecycle.py` of the rules.
Sent is each command once for each stage, level and role that take it, and once for each that refuse it.
"""

from collections.abc import Callable, Iterator, Mapping, Set
from copy import copy
from datetime import datetime, timedelta
from functools import cache
from typing import Any, NamedTuple

import msgspec
import pytest

from complaints.handling.staff_commands import STAFF_COMMANDS
from complaints.values.people import COMPLAINANT
from infrastructure.build.translations import compile_catalogues
from infrastructure.local import engine
from infrastructure.local.composition import TABLE
from tests.builders import MONDAY, a_complaint
from tests.complaints.permission_expectations import MAY, PEOPLE, SITUATIONS, STAFF, expected
from tests.complaints.situations import BESIDE, BESIDE_KEY, OWN, example
from tests.http import Answer
from tests.journeys.steps import clock, go_to, still
from tests.local_run import LocalRun, running
from tests.stored.stored_items import looking_into
from tests.stored.stored_stories import Garden, Planted

ADDRESSES = {
    "add": "messages",
    "attach": "attachments",
    "answer": "answer",
    "convert": "convert",
    "withdraw": "withdrawal",
    "survey": "survey",
    "decline_survey": "survey/decline",
}
LEADS_NOWHERE = {
    "note", "message", "assign", "protect", "adjust", "represent", "correct_contact", "correct_details",
    "plan_contact", "change_link",
}  # fmt: skip
"""What leaves the stage as it is, and nothing else possible or impossible."""
MERGED = "merged"
"""To its complainant such a case is the whole that it became part of: see `test_merging`."""
NAMES_ANOTHER = {"link", "unlink", "merge"}
READERS = ("agent", "reviewer", "quality", "auditor")


class Meadow(NamedTuple):
    """A run, its garden, and who works there."""

    run: LocalRun
    garden: Garden
    tokens: dict[str, str]

    def plant(self, situation: str, *, beside: bool = True) -> Planted:
        """A case in this situation, and `beside` it the one that commands name: as it is to this one."""
        story = SITUATIONS[situation]()
        other = copy(story)
        other.reference = BESIDE.complaint.reference
        if story.cases.load(other.reference) is None:
            other = a_complaint().received(key=BESIDE_KEY, post="1 Rain Street")
        return self.garden.plant(story, *([other] if beside else []))

    def call(
        self, person: str, method: str, case: Planted, what: str = "", body: object = None, **headers: str
    ) -> Answer:
        """Somebody of staff calls an address of the case."""
        headers |= {"Authorization": f"Bearer {self.tokens[person]}"}
        return self.run.call(method, f"/v1/desk/complaints/{case.reference}{what}", body, **headers)

    def asks(self, person: str, case: Planted, verb: str, version: int | None = None) -> Answer:
        """Somebody asks for a good example of a command, on the version that was planted or another."""
        body = said(case, verb, person)
        if person == "complainant":
            return self.own("POST", case, f"/{ADDRESSES[verb]}", body)
        seen = f'"{case.version if version is None else version}"'
        return self.call(person, "POST", case, f"/commands/{verb}", body, If_Match=seen)

    def own(self, method: str, case: Planted, what: str = "", body: object = None) -> Answer:
        """The complainant calls an address of the complaint."""
        token = f"Bearer {case.access}"
        return self.run.call(
            method, f"/v1/complaints/{case.reference}{what}", body, Authorization=token, Idempotency_Key="k"
        )

    def seen(self, case: Planted) -> tuple[Any, ...]:
        """All of a case that the desk shows, its ETag, and its verified chain."""
        view, audit = (self.call("auditor", "GET", case, what) for what in ("", "/audit"))
        assert audit.json["verifies"], audit.text
        return view.headers["ETag"], still(view.json), audit.json["entries"]


def said(case: Planted, verb: str, person: str) -> dict[str, Any]:
    """The body of the example."""
    by = COMPLAINANT if person == "complainant" else STAFF[person]
    body = msgspec.to_builtins(case.moved(example(verb, case.case.complaint, by)))
    return {name: value for name, value in body.items() if value is not None and name != "id"}


@pytest.fixture(scope="module")
def meadow(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Meadow]:
    """A run on an engine of its own, on a Monday a little after the stories begin.

    Nothing here is about letters, figures or search: to follow the stream was most of its work.
    """
    compile_catalogues()
    folder = tmp_path_factory.mktemp("meadow")
    with (
        engine.running(folder / "cases.db") as endpoint,
        running(folder / "data", environment={"DYNAMODB_ENDPOINT": endpoint, "STREAM": "0"}) as run,
    ):
        monday = next_monday(clock(run))
        go_to(run, monday + timedelta(minutes=5))
        members = {"grace": "agent"} | {by.id: person for person, by in STAFF.items()}
        tokens = {role: signed_in(run, name, role) for name, role in members.items()}
        with looking_into(endpoint, TABLE):
            yield Meadow(run, Garden(run, monday), tokens)


def sent_in_each_situation() -> Mapping[tuple[str, str], frozenset[str]]:
    """The commands that a person sends in a situation: those that were not taken, or not refused, in one
    before it of the same stage and level."""
    known: set[object] = set()
    sent = {}
    for situation, story in SITUATIONS.items():
        case = story().build()
        for person in PEOPLE if situation != MERGED else STAFF:
            allowed = expected(situation, person)
            verbs = OWN if person == "complainant" else STAFF_COMMANDS
            cells = {verb: (case.stage, case.level, person, verb, verb in allowed) for verb in verbs}
            sent[situation, person] = frozenset(verb for verb, cell in cells.items() if cell not in known)
            known.update(cells.values())
    return sent


SENT = sent_in_each_situation()
SENT_BY_STAFF = [place for place in SENT if place[1] in STAFF]


def taken(situation: str, person: str) -> frozenset[str]:
    """What is sent and taken."""
    return SENT[situation, person] & expected(situation, person)


def next_monday(now: datetime) -> datetime:
    """The next moment at which a story can have begun as it says: the same hour of the same day of a week."""
    weeks = (now - MONDAY) // timedelta(weeks=1) + 1
    return MONDAY + timedelta(weeks=weeks)


def signed_in(run: LocalRun, name: str, role: str) -> str:
    return str(run.call("POST", "/_local/token", {"name": name, "role": role}).json["token"])


def refusal(case: Planted, person: str, verb: str) -> int:
    """403 where the role does not have it, else 409; only where the site says so may agents extend."""
    complaint = case.case.complaint
    if person == "agent" and verb == "extend" and complaint.feedback == "complaint":
        return 403 if complaint.stage.is_open else 409
    return 409 if person == "complainant" or verb in MAY[person] else 403


@pytest.fixture(scope="module")
def standing(meadow: Meadow) -> Callable[[str], Planted]:
    """One case in each situation, for what changes nothing."""
    return cache(meadow.plant)


@pytest.mark.parametrize(("situation", "person"), SENT_BY_STAFF)
def test_s12_s19_what_the_tables_refuse_to_staff_changes_nothing(
    meadow: Meadow, standing: Callable[[str], Planted], situation: str, person: str
) -> None:
    case, allowed = standing(situation), expected(situation, person) & STAFF_COMMANDS.keys()
    if person in READERS:
        assert set(meadow.call(person, "GET", case).json["allowed_commands"]) == allowed
    before = meadow.seen(case)
    for verb in SENT[situation, person] - allowed:
        got = meadow.asks(person, case, verb)
        assert got.status == refusal(case, person, verb), (verb, got.text)
        assert is_told(got, allowed), (verb, got.text)
    assert meadow.seen(case) == before


def is_told(got: Answer, allowed: Set[str]) -> bool:
    """Whether who is refused for the moment is told what is possible now."""
    if got.status == 403:
        return str(got.json["type"]) == "/problems/forbidden"
    return got.json["type"] == "/problems/not-now" and set(got.json["allowed_commands"]) == allowed


@pytest.mark.parametrize(
    ("situation", "person"), [place for place in SENT_BY_STAFF if taken(*place) - LEADS_NOWHERE]
)
def test_s12_s19_what_the_tables_give_to_staff_is_taken_as_one_version(
    meadow: Meadow, situation: str, person: str
) -> None:
    for verb in taken(situation, person) - LEADS_NOWHERE:
        case = meadow.plant(situation, beside=verb in NAMES_ANOTHER)
        got = meadow.asks(person, case, verb)
        assert (got.status, got.headers["ETag"]) == (200, f'"{case.version + 1}"'), (verb, got.text)


@pytest.mark.parametrize(
    ("situation", "person"), [place for place in SENT_BY_STAFF if taken(*place) & LEADS_NOWHERE]
)
def test_s12_s19_what_leaves_a_case_where_it_is_leaves_the_same_possible(
    meadow: Meadow, situation: str, person: str
) -> None:
    allowed = expected(situation, person) & STAFF_COMMANDS.keys()
    case = meadow.plant(situation, beside=False)
    for place, verb in enumerate(sorted(taken(situation, person) & LEADS_NOWHERE)):
        got = meadow.asks(person, case, verb, version=case.version + place)
        assert (got.status, got.headers["ETag"]) == (200, f'"{case.version + place + 1}"'), (verb, got.text)
        assert set(got.json["allowed_commands"]) == allowed, verb


@pytest.mark.parametrize("situation", [name for name in SITUATIONS if name != MERGED])
def test_s19_a_complainant_may_do_what_the_tables_say(
    meadow: Meadow, standing: Callable[[str], Planted], situation: str
) -> None:
    case, allowed = standing(situation), expected(situation, "complainant")
    before = meadow.seen(case)
    steps = meadow.own("GET", case).json["next_steps"]
    assert {step["action"] for step in steps} == allowed
    for verb in OWN.keys() - allowed:
        got = meadow.asks("complainant", case, verb)
        assert (got.status, is_told(got, allowed)) == (409, True), (verb, got.text)
    assert meadow.seen(case) == before
    for verb in taken(situation, "complainant"):
        case = meadow.plant(situation, beside=False)
        assert meadow.asks("complainant", case, verb).status in (200, 201, 202), verb


IN_BULK = {
    "assign": {"to": STAFF["reviewer"].id},
    "classify": {"category": "delivery.late"},
    "message": {"text": "We are looking for the lorry."},
    "close": {"reason": "abusive"},
}
"""What is done with many cases at once."""
BULK = ("received", "asked", "closed", "withdrawn", "recused", "review_found", "thanked")
"""Cases that differ in what they allow, and to whom."""


@pytest.mark.parametrize(("verb", "person"), [*((verb, "agent") for verb in IN_BULK), ("close", "reviewer")])
def test_s12_s88_in_bulk_each_case_ends_as_if_the_command_was_sent_alone(
    meadow: Meadow, verb: str, person: str
) -> None:
    """No permission, stage, second person or conflict is left out, and each is a fact of its own."""
    alone = [meadow.plant(situation, beside=False) for situation in BULK]
    answers = [
        meadow.call(person, "POST", case, f"/commands/{verb}", IN_BULK[verb], If_Match=f'"{case.version}"')
        for case in alone
    ]
    together = [meadow.plant(situation, beside=False) for situation in BULK]
    bulk = bulk_done(meadow, person, verb, together)
    refused = {each["reference"]: each["problem"] for each in bulk["refused"]}
    assert len(bulk["refused"]) == sum(got.status != 200 for got in answers)
    for got, twin, case in zip(answers, alone, together, strict=True):
        data = got.json if got.status == 200 else {}
        assert refused.get(case.reference) == (None if data else problem_of(got)), got.text
        facts = [
            [each["fact"] for each in meadow.call("auditor", "GET", one).json["facts"]]
            for one in (twin, case)
        ]
        assert facts[0] == facts[1]
    assert any(got.status == 200 for got in answers)
    assert bulk["done"] + bulk["proposed"] + len(refused) == len(together)


def bulk_done(meadow: Meadow, person: str, verb: str, cases: list[Planted]) -> dict[str, Any]:
    """A bulk command after all its steps."""
    headers = {"Authorization": f"Bearer {meadow.tokens[person]}"}
    chosen = [{"reference": case.reference, "version": case.version} for case in cases]
    body = {"verb": verb, "command": IN_BULK[verb], "cases": chosen}
    got = meadow.run.call("POST", "/v1/desk/bulk", body, **headers)
    assert got.status == 201, got.text
    bulk: dict[str, Any] = got.json
    while bulk["remaining"]:
        left = bulk["remaining"]
        bulk = meadow.run.call("POST", f"/v1/desk/bulk/{bulk['id']}/steps", **headers).json
        assert bulk["remaining"] < left
    return bulk


def problem_of(got: Answer) -> str:
    """How a bulk command calls a refusal: by its rule, or by its code."""
    return str(got.json.get("rule") or got.json["type"].removeprefix("/problems/"))


@pytest.mark.parametrize("person", ["quality", "auditor", "admin"])
def test_s88_who_may_not_send_one_command_begins_none_in_bulk(meadow: Meadow, person: str) -> None:
    case = (
        meadow.plant("received", beside=False)
        if "received" in SITUATIONS
        else meadow.plant(next(iter(SITUATIONS)))
    )
    headers = {"Authorization": f"Bearer {meadow.tokens[person]}"}
    body = {
        "verb": "assign",
        "command": IN_BULK["assign"],
        "cases": [{"reference": case.reference, "version": case.version}],
    }
    assert meadow.run.call("POST", "/v1/desk/bulk", body, **headers).status == 403
