"""What other promises would make of a case: compared clock by clock, and the earlier moment binds."""

from datetime import timedelta
from typing import Any

import msgspec
import pytest
from msgspec.structs import replace

from complaints.adapters.stores.settings.sites import terms_of
from complaints.case.complaint import Complaint
from complaints.clocks.dry_run import ComparedClock, PackTrial, compared, switched_on
from complaints.promise_packs.upload import packs_in
from complaints.site.site import SiteTerms
from tests.builders import DEMO, MONDAY, RESPOND, TERMS, TUESDAY, WEDNESDAY, a_complaint
from tests.own_packs import Json, clock, file_of, version

DEFAULT = "iso10002-default"


def trial(pack: Json, now: Any = MONDAY) -> PackTrial:
    """A pack that is tried at the demo site."""
    tried = tuple(map(switched_on, packs_in(file_of(pack))))
    site = replace(DEMO, packs=(pack["id"],), own=(pack["id"],))
    terms: SiteTerms = terms_of(site, {pack["id"]: tried})
    return PackTrial(pack=pack["id"], terms=terms, standing=TERMS, now=now)


def effects(complaint: Complaint, pack: Json, now: Any = MONDAY) -> dict[str, ComparedClock]:
    """What changes, by the name of the clock."""
    found = compared(complaint, trial(pack, now))
    return {each.clock.partition("/")[2]: each for each in found}


def default(*clocks: Json) -> Json:
    """The shipped pack with other promises."""
    return version(DEFAULT, 2, *clocks)


@pytest.mark.parametrize(("days", "effect"), [(10, "earlier"), (60, "later")])
def test_a_given_promise_is_never_lengthened(days: int, effect: str) -> None:
    complaint = a_complaint().received().build()
    found = effects(complaint, default(clock(days=days)))["respond"]
    assert found.effect == effect
    assert found.promised == complaint.clock(RESPOND).due
    assert found.binds == min(found.promised, found.calculated or found.promised)
    assert (found.binds == found.promised) == (effect == "later")


def test_a_clock_that_a_version_leaves_out_is_gone_and_its_promise_binds() -> None:
    found = effects(a_complaint().received().build(), default(clock(days=10)))["acknowledge"]
    assert (found.effect, found.calculated, found.binds) == ("gone", None, found.promised)


def test_a_clock_that_a_version_adds_counts_from_the_event_that_starts_it() -> None:
    complaint = a_complaint().received().build()
    found = effects(complaint, default(clock("assess", days=3)))["assess"]
    assert (found.effect, found.promised) == ("new", None)
    assert found.calculated is not None
    assert found.calculated.date() == (MONDAY + timedelta(days=3)).date()
    assert found.binds == found.calculated


def test_what_has_happened_already_is_not_promised_anew() -> None:
    complaint = a_complaint().received().acknowledged().assessed().build()
    found = effects(complaint, version("acme", 1, clock("assess", days=3), clock("acknowledge", days=1)))
    assert found == {}


def test_the_version_that_a_case_runs_by_changes_nothing() -> None:
    complaint = a_complaint().received().acknowledged().build()
    same = PackTrial(pack=DEFAULT, terms=TERMS, standing=TERMS, now=MONDAY)
    found = list(compared(complaint, same))
    assert {each.clock.partition("/")[2] for each in found} == {
        each.id for each in complaint.clocks if each.stopped_at is None
    }
    assert {each.effect for each in found} == {"same"}


def test_a_clock_of_another_pack_is_left_alone() -> None:
    found = effects(a_complaint().received().build(), version("acme", 1, clock(days=10)))
    assert {name: each.effect for name, each in found.items()} == {"respond": "new"}


def test_conditions_are_asked_of_the_case() -> None:
    only_shops = [{"field": "channel", "op": "eq", "value": "in_person"}]
    found = effects(a_complaint().received().build(), version("acme", 1, conditions=only_shops))
    assert found == {}


def test_what_was_asked_of_the_moment_is_asked_of_no_clock_that_runs() -> None:
    complaint = a_complaint().received().acknowledged().build()
    at_first = clock(days=10, conditions=[{"field": "stage", "op": "eq", "value": "received"}])
    assert effects(complaint, default(at_first))["respond"].effect == "earlier"


def test_a_paused_clock_is_computed_as_if_it_ran_on_from_now() -> None:
    """Only Tuesday is lost: Monday was not counted, and Wednesday is not over."""
    complaint = a_complaint().received().acknowledged().asked().build()
    pausing = {"allowed": True, "reasons": ["awaiting_complainant"]}
    found = effects(complaint, default(clock(days=10, pause=pausing)), WEDNESDAY)["respond"]
    assert found.paused_since == MONDAY
    assert found.calculated is not None
    assert found.calculated.date() == (MONDAY + timedelta(days=11)).date()
    assert effects(complaint, default(clock(days=10)), WEDNESDAY)["respond"] == found


def test_the_complainant_s_own_time_gets_no_shorter() -> None:
    complaint = a_complaint().received().acknowledged().assessed().found().decided().responded().build()
    shorter = clock("answer_window", starts="responded", days=5, purpose="complainant_answer")
    found = effects(complaint, default(shorter), TUESDAY)["answer_window"]
    assert found.effect == "earlier"
    assert found.binds == found.promised


def test_a_comparison_writes_nothing() -> None:
    complaint = a_complaint().received().build()
    before = msgspec.json.encode(complaint)
    effects(complaint, default(clock(days=10)))
    assert msgspec.json.encode(complaint) == before
