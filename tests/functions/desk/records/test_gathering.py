"""What drawing a sample costs: as much as its period, whatever has ended since."""

import dataclasses
from collections.abc import Iterator
from datetime import date, datetime, timedelta

import pytest
from msgspec.structs import replace

from benchmarks.measuring.aws_requests import counted
from complaints.casework.command import Command
from complaints.casework.deadlines import Tick
from complaints.casework.outcome.decision import Respond
from complaints.casework.process.closing import Withdraw
from complaints.casework.process.escalation import Answer
from complaints.context.decision_context import Context
from complaints.management.evaluation.samples import DrawSample
from complaints.values.field_types import Way
from complaints.values.people import COMPLAINANT, MACHINE, Actor, Role
from functions.desk.records import gathering
from functions.desk.records.gathering import Asking
from tests.builders import ADA, MONDAY, assess, decide_to, refund
from tests.installation import Installation, at_the_desk

DRAW = DrawSample(since=MONDAY.date(), until=MONDAY.date() + timedelta(days=1), size=5)


@pytest.fixture
def installation(table: str) -> Iterator[Installation]:
    with at_the_desk(table, Role.QUALITY) as installation:
        yield installation


def ends_owing(installation: Installation, key: str) -> str:
    """A case that ended on Monday and is late with a refund long after."""
    reference = installation.take(key)
    then = MONDAY + timedelta(hours=1)
    steps: list[tuple[Actor, Command, datetime]] = [
        (ADA, assess(), then),
        (ADA, decide_to(remedies=(refund("20"),)), then),
        (ADA, Respond(by=Way.TELEPHONE, at=then), then),
        (COMPLAINANT, Answer(accepts=True), then),
        (MACHINE, Tick(), then + timedelta(days=50)),
    ]
    world = installation.world
    for by, command, now in steps:
        case = world.cases.load(reference)
        assert case is not None
        context = Context(now=now, by=by, terms=world.sites.terms("demo"))
        world.casework.carry_out(case, command, context)
    return reference


def ends(installation: Installation, key: str, now: datetime) -> str:
    reference = installation.take(key)
    world = installation.world
    case = world.cases.load(reference)
    assert case is not None
    context = Context(now=now, by=COMPLAINANT, terms=world.sites.terms("demo"))
    world.casework.carry_out(case, Withdraw(), context)
    return reference


def asking(installation: Installation, today: date) -> Asking:
    world = installation.world
    member = world.members.known(world.now())[0]
    return Asking(member, world.sites.terms("demo"), today, None)


def drawn_from(installation: Installation) -> list[str]:
    found = gathering.gathered_for(
        installation.world, asking(installation, installation.clock.moment.date()), DRAW
    )
    return [each.case for each in found]


def test_a_sensitive_case_is_not_drawn(installation: Installation) -> None:
    plain = ends(installation, "plain", MONDAY + timedelta(hours=1))
    asked = asking(installation, MONDAY.date())
    (found,) = gathering.gathered_for(installation.world, asked, DRAW)
    assert found.case == plain
    case = installation.complaint(plain)
    site = asked.terms.site
    marked = tuple(replace(each, sensitive=each.code in case.categories) for each in site.codes.categories)
    terms = replace(asked.terms, site=replace(site, codes=replace(site.codes, categories=marked)))
    sensitive = dataclasses.replace(asked, terms=terms)
    assert gathering.gathered_for(installation.world, sensitive, DRAW) == []


def test_what_ended_after_the_period_is_not_read(
    installation: Installation, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(gathering, "A_READ", 1)
    installation.clock.moment = MONDAY + timedelta(days=60)
    inside = ends(installation, "inside", MONDAY + timedelta(hours=1))
    with counted() as before:
        assert drawn_from(installation) == [inside]
    for number in range(6):
        ends(installation, f"later-{number}", MONDAY + timedelta(days=3 + 10 * number))
    with counted() as after:
        assert drawn_from(installation) == [inside]
    assert len(after.operations) <= len(before.operations)


@pytest.mark.iso10002("8.5 auditing: sample")
def test_a_case_that_ended_is_drawn_also_while_a_remedy_of_it_is_overdue(installation: Installation) -> None:
    owing = ends_owing(installation, "owing")
    other = ends(installation, "other", MONDAY + timedelta(hours=1))
    installation.clock.moment = MONDAY + timedelta(days=60)
    assert installation.complaint(owing).is_in_work
    assert sorted(drawn_from(installation)) == sorted([owing, other])
