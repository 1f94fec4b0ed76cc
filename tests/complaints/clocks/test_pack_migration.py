"""Open clocks that go over to another version of their pack: only when the site says so, none gets later."""

from datetime import timedelta

import pytest
from msgspec.structs import replace

from complaints.adapters.stores.settings.sites import terms_of
from complaints.case.complaint import Complaint
from complaints.case.deadlines import ClockMigrated, DueBroughtForward
from complaints.casework.deadlines import Recalculate
from complaints.promise_packs.upload import packs_in
from complaints.settings.commands import (
    ChangePack,
    ChangePacks,
    MigratePacks,
)
from complaints.settings.setting import Packs
from complaints.site.site import SiteTerms
from complaints.values.errors import Invalid, Wrong
from complaints.values.people import MACHINE
from tests.builders import DEMO, MONDAY, TUESDAY, WEDNESDAY, Story, a_complaint
from tests.own_packs import Json, clock, file_of, version
from tests.settings_stores import Organisation

ENDS, BEGINS = str(MONDAY.date()), str(TUESDAY.date())
RESPOND = "acme/respond/1"
PAUSING = {"allowed": True, "reasons": ["awaiting_complainant"]}
FIRST = version("acme", 1, clock(days=20, pause=PAUSING), clock("acknowledge", days=2), ends=ENDS)


def terms(*packs: Json, migrated: dict[str, int] | None = None) -> SiteTerms:
    """The demo site promises by an own pack alone."""
    site = replace(DEMO, packs=("acme",), own=("acme",), migrated=migrated or {})
    return terms_of(site, {"acme": packs_in(file_of(*packs))})


def second(*clocks: Json) -> Json:
    return version("acme", 2, *clocks, begins=BEGINS)


def under_the_first(*packs: Json) -> Story:
    """A complaint of Monday, promised by the version of that day."""
    story = a_complaint()
    story.terms = terms(FIRST, *packs)
    return story.received()


def gone_over(story: Story, *packs: Json) -> Complaint:
    """The site lets its cases go over on Tuesday."""
    story.terms = terms(FIRST, *packs, migrated={"acme": 2})
    return story.does(MACHINE, Recalculate(), TUESDAY).build()


def due_in(days: int) -> object:
    return (MONDAY + timedelta(days=days)).date()


def test_a_new_version_alone_changes_no_clock_that_runs() -> None:
    shorter = second(clock(days=10))
    story = under_the_first(shorter)
    before = story.build().clock(RESPOND)
    after = story.does(MACHINE, Recalculate(), TUESDAY).build().clock(RESPOND)
    assert after == before
    assert (after.pack_version, after.due.date()) == (1, due_in(20))


@pytest.mark.parametrize(("days", "binds"), [(10, 10), (60, 20)])
def test_of_the_old_and_the_new_moment_the_earlier_binds(days: int, binds: int) -> None:
    clock_of_both = gone_over(under_the_first(), second(clock(days=days))).clock(RESPOND)
    assert (clock_of_both.pack_version, clock_of_both.length.amount) == (2, days)
    assert clock_of_both.due.date() == due_in(binds)
    assert all(rung.at > clock_of_both.due for rung in clock_of_both.rungs)


def test_it_happens_once() -> None:
    story = under_the_first()
    shorter = second(clock(days=10))
    gone_over(story, shorter)
    gone_over(story, shorter)
    kinds = [type(fact) for fact in story.facts]
    assert (kinds.count(ClockMigrated), kinds.count(DueBroughtForward)) == (1, 1)


def test_the_schedule_takes_over_what_it_finds() -> None:
    story = under_the_first()
    story.terms = terms(FIRST, second(clock(days=10)), migrated={"acme": 2})
    assert story.ticked(TUESDAY).build().clock(RESPOND).due.date() == due_in(10)


def test_a_promise_that_a_version_adds_begins_and_one_that_it_drops_is_kept() -> None:
    complaint = gone_over(under_the_first(), second(clock(days=20), clock("assess", days=3)))
    running = {each.id: each.pack_version for each in complaint.clocks if each.is_running}
    assert running == {"respond": 2, "acknowledge": 1, "assess": 2}
    assert complaint.clock("acme/assess/1").due.date() == due_in(3)


def test_a_clock_that_stands_still_goes_over_too_and_runs_on_by_the_new_version() -> None:
    story = under_the_first().acknowledged().asked(MONDAY)
    complaint = gone_over(story, second(clock(days=10)))
    assert complaint.clock(RESPOND).paused_at == MONDAY
    resumed = story.wrote(at=WEDNESDAY).build().clock(RESPOND)
    assert (resumed.pack_version, resumed.due.date()) == (2, due_in(11))


def test_what_was_said_already_is_not_said_again() -> None:
    story = under_the_first().ticked(MONDAY + timedelta(days=30))
    missed = story.build().clock(RESPOND)
    assert missed.missed
    after = gone_over(story, second(clock(days=10))).clock(RESPOND)
    assert after.missed
    assert all(rung.raised for rung in after.rungs)


def test_a_case_under_another_version_begins_nothing() -> None:
    story = a_complaint()
    story.terms = terms(FIRST, second(clock(days=10)), migrated={"acme": 2})
    before = story.received(TUESDAY).build()
    assert story.does(MACHINE, Recalculate(), TUESDAY).build() == before


def settled() -> Organisation:
    """The demo site promises by the second of two versions."""
    found = Organisation()
    file = file_of(version("acme", 1, ends="2025-12-31"), version("acme", 2, begins="2026-01-01"))
    found.does(ChangePack(file=file, reason="Ours."), "acme")
    found.does(ChangePacks(packs=("acme",), reason="Ours."))
    return found


def test_a_site_names_the_version_that_is_in_force() -> None:
    setting = settled().does(MigratePacks(pack="acme", reason="It was agreed."))
    assert isinstance(setting.record, Packs)
    assert setting.record.migrated == {"acme": 2}
    assert setting.unfinished == MONDAY


@pytest.mark.parametrize("pack", ["iso10002-default", "none"])
def test_a_pack_that_a_site_does_not_promise_by_cannot_be_gone_over_to(pack: str) -> None:
    with pytest.raises(Invalid) as refused:
        settled().does(MigratePacks(pack=pack, reason="It was agreed."))
    assert refused.value.errors == (Wrong("/pack", "unknown-pack"),)
