"""Free words of the survey: of which months they are told, by which names, and from where they are read."""

from collections.abc import Iterable
from datetime import UTC, date, datetime
from types import SimpleNamespace
from typing import Any

import pytest

from complaints.reporting.figure import Period
from complaints.values.field_types import Stage
from complaints.values.key_ring import KeyRing
from functions.desk.reports.survey_texts import WITHHELD, AskedTexts, SurveyTexts, texts_of
from functions.http import auth

JANUARY = Period(date(2026, 1, 1), date(2026, 1, 31))
BOTH = Period(date(2026, 1, 1), date(2026, 2, 28))


def case(number: int, month: int) -> Any:
    """A case whose survey was answered in a month, with words of which nothing may be read."""
    at = datetime(2026, month, 10, tzinfo=UTC)
    survey = SimpleNamespace(answered_at=at, text_entry=7, cleared_entry=0, looked_at=at)
    return SimpleNamespace(complaint=SimpleNamespace(reference=f"C-{number}", survey=survey, redacted=()))


class World:
    """What is asked of the product, with cases that were answered in these months."""

    def __init__(self, months: Iterable[int], late: Iterable[str] = ()) -> None:
        self.held = {f"C-{n}": case(n, month) for n, month in enumerate(months)}
        self.sites = self.queues = self.cases = self.messages = self.secrets = self
        self.zone, self.begins = UTC, ""
        self.late = frozenset(late)

    def now(self) -> datetime:
        return datetime(2026, 6, 1, tzinfo=UTC)

    def terms(self, site: str) -> Any:
        return self

    def ring(self, name: str) -> KeyRing:
        return KeyRing.of(b"key")

    def closed(self, *asked: object, after: str, **others: object) -> Any:
        self.begins = after
        rows = [
            SimpleNamespace(row=SimpleNamespace(reference=name), place="2026-01-05T00:00:00Z#")
            for name in self.held.keys() - self.late
        ]
        return SimpleNamespace(items=rows, next=None)

    def by_urgency(self, *asked: object, **others: object) -> Any:
        rows = [
            SimpleNamespace(row=SimpleNamespace(reference=name, stage=Stage.CLOSED), place="1#")
            for name in self.late
        ]
        return SimpleNamespace(items=rows, next=None)

    def load_all(self, references: Iterable[str]) -> dict[str, Any]:
        return {name: self.held[name] for name in references}

    def of_cases(self, numbers: Iterable[str]) -> dict[str, list[Any]]:
        return {name: [None] for name in numbers}


@pytest.fixture(autouse=True)
def _nothing_is_hidden(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(auth, "hidden_from", lambda *_: frozenset())


def told(world: Any, period: Period) -> SurveyTexts:
    who: Any = None
    return texts_of(world, AskedTexts(who, who, "demo", period))


def test_s112_a_month_of_fewer_than_five_answers_is_left_out_so_that_no_difference_tells_them() -> None:
    world = World((1, 1, 1, 1, 1, 2))
    assert [each.state for each in told(world, BOTH).items] == [WITHHELD] * 5
    assert told(World((1, 1, 1, 1, 2, 2, 2, 2)), BOTH).is_too_few


def test_s112_a_text_has_another_name_in_each_period() -> None:
    world = World((1,) * 5)
    names = [{each.id for each in told(world, period).items} for period in (JANUARY, BOTH)]
    assert len(names[0]) == len(names[1]) == 5
    assert not names[0] & names[1]


def test_what_has_ended_is_read_from_the_end_of_the_period_and_not_from_today() -> None:
    world = World(())
    told(world, JANUARY)
    assert world.begins == "2026-02-01T00:00:00Z"


@pytest.mark.iso10002("8.3 satisfaction with the process: words")
def test_words_about_a_case_are_read_also_while_a_remedy_of_it_is_overdue() -> None:
    assert len(told(World((1,) * 5, late=("C-0", "C-3")), JANUARY).items) == 5
