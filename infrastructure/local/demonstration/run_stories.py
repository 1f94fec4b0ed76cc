"""Lets the stories happen: the product's clock was set back, and every step is taken at its time."""

from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import msgspec

from infrastructure.local.clock import LocalClock, TimeMachine
from infrastructure.local.demonstration.client import ApiClient, Ask

EARLIEST = timedelta(days=41)
WRITER = "Robin"
"""Who keeps the standard texts."""
ADMINISTRATOR = "Sam"
"""Who writes rules."""


class Step(msgspec.Struct, frozen=True):
    """What a member of staff (`by`), or else the complainant, does, and how many days before today."""

    days_ago: float
    does: str
    body: dict[str, Any]
    by: str = ""


class Wording(msgspec.Struct, frozen=True):
    """A standard text, a macro or an automation rule of a site."""

    kind: str
    name: str
    body: dict[str, Any]


class Story(msgspec.Struct, frozen=True):
    """One complaint: the form that is sent, and what happens then."""

    days_ago: float
    form: dict[str, Any]
    steps: tuple[Step, ...]


def play(ask: Ask, today: datetime, reach: Callable[[datetime], None]) -> None:
    """Takes all stories in the order of time, in a new table whose clock shows `EARLIEST` before `today`.

    `reach` leads the product's clock to a moment. Raises `client.Refused` where the product refuses.
    """
    api_client = ApiClient(ask)
    for added in wording():
        api_client.add_setting(WRITER, added.kind, added.name, added.body)
    complaints: dict[int, dict[str, str]] = {}
    for number, story, step in sorted(_steps(_stories()), key=lambda taken: -taken[2].days_ago):
        key = f"demonstration-{number}-{step.days_ago}"
        reach(today - timedelta(days=step.days_ago))
        if step.does == "complain":
            complaints[number] = api_client.complain(story.form, key)
        elif step.by:
            api_client.command(complaints[number], step.by, step.does, _dated(step, today))
        else:
            api_client.say(complaints[number], step.does, step.body, key)
    # Last: what the stories tell happened before the site had rules.
    for added in _from("rules.json"):
        api_client.add_setting(ADMINISTRATOR, added.kind, added.name, added.body, "admin")


def catch_up(clock: LocalClock, time: TimeMachine) -> None:
    """Lets the product's clock reach real time, if it is behind."""
    if clock.ahead < timedelta():
        time.reach(datetime.now(UTC))
        clock.follow_real_time()


def _dated(step: Step, today: datetime) -> dict[str, Any]:
    """What the step says; a remedy is done on the day of its step."""
    done_on = (today - timedelta(days=step.days_ago)).date().isoformat()
    return step.body | ({"done_on": done_on} if step.does == "remedied" else {})


def wording() -> list[Wording]:
    """The standard texts and the macros of the demonstration, in the order in which they need each other."""
    return _from("wording.json")


def _from(file: str) -> list[Wording]:
    return msgspec.json.decode(Path(__file__).with_name(file).read_bytes(), type=list[Wording])


def _stories() -> list[Story]:
    return msgspec.json.decode(Path(__file__).with_name("stories.json").read_bytes(), type=list[Story])


def _steps(stories: list[Story]) -> Iterator[tuple[int, Story, Step]]:
    for number, story in enumerate(stories):
        yield number, story, Step(story.days_ago, "complain", {})
        for step in story.steps:
            yield number, story, step
