"""Whoever administers a site is written of a new version of the law that it promises by, once."""

import uuid
from datetime import timedelta

from functions.workers.schedule import LAWS_AT
from tests.journeys.settings.administration import Office
from tests.journeys.steps import clock, go_to, settle
from tests.local_run import LocalRun
from tests.own_packs import file_of, version


def next_look(run: LocalRun) -> None:
    """Waits until it is looked for new versions again."""
    go_to(run, clock(run).replace(minute=LAWS_AT, second=0) + timedelta(hours=1))
    settle(run)


def test_administrators_are_written_once_of_a_version_that_came_after_they_chose_the_law(
    local_run: LocalRun,
) -> None:
    office, name = Office(local_run), f"ours-{uuid.uuid4().hex[:8]}"
    office.adds("admin", sites=("demo-au",))
    office.does("pack", name, {"file": file_of(version(name, 1))})
    with office.promising("demo-au", "iso10002-default", name):
        next_look(local_run)
        assert letters_about(local_run, name) == []
        today = clock(local_run).date()
        first = version(name, 1, ends=str(today + timedelta(days=29)))
        second = version(name, 2, begins=str(today + timedelta(days=30)), title=f"The law of {name}")
        office.does("pack", name, {"file": file_of(first, second)})
        next_look(local_run)
        told = letters_about(local_run, name)
        assert told
        assert all("Version 2, in force from" in text for text in told)
        next_look(local_run)
        assert letters_about(local_run, name) == told


def letters_about(run: LocalRun, pack: str) -> list[str]:
    """What was written of a pack."""
    mails = run.call("GET", "/_local/mail").json["items"]
    return [mail["text"] for mail in mails if f"The law of {pack}" in mail["text"]]
