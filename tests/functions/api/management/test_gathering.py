"""What drawing a sample costs: as much as its period, whatever has ended since."""

import dataclasses
from collections.abc import Iterator
from datetime import date, datetime, timedelta

import pytest
from msgspec.structs import replace

from benchmarks.measuring.aws_requests import counted
from complaints.commands.case import Withdraw
from complaints.context.decision_context import Context
from complaints.management.evaluation.samples import DrawSample
from complaints.values.people import COMPLAINANT, Role
from functions.api.management import gathering
from functions.api.management.gathering import Asking
from tests.builders import MONDAY
from tests.installation import Installation, at_the_desk

DRAW = DrawSample(since=MONDAY.date(), until=MONDAY.date() + timedelta(days=1), size=5)


@pytest.fixture
def installation(table: str) -> Iterator[Installation]:
    with at_the_desk(table, Role.QUALITY) as installation:
        yield installation


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
