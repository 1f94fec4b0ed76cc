"""Who has an evidence pack made, when names are in it, and who fetches it until when."""

from datetime import timedelta
from typing import Any

import pytest

from complaints.management.evaluation.evidence_packs import (
    EvidencePack,
    FetchPack,
    MadePack,
    OrderPack,
    People,
)
from complaints.management.ordered_files import KEPT
from complaints.management.record import RecordKind
from complaints.values.errors import Forbidden, Invalid, NotNow
from complaints.values.people import MACHINE, Actor, Role
from tests.builders import MONDAY
from tests.complaints.management.evaluation_records import AUDREY, GRACE, QUINN, REX, TODAY, Kept

SAM = Actor("staff", "sam", (Role.ADMIN,))
OTHER = Actor("staff", "other", (Role.AUDITOR,))
MADE = MadePack(cases=4, sampled=2, failed=0, files=90, bytes=1000, sums="00")


def an_order(**changed: Any) -> OrderPack:
    usual: dict[str, Any] = {"since": TODAY - timedelta(days=30), "until": TODAY, "size": 10}
    return OrderPack(**usual | changed)


def ordered(**changed: Any) -> Kept:
    kept = Kept(RecordKind.EVIDENCE_PACK)
    kept.do(an_order(**changed), AUDREY)
    return kept


def content(kept: Kept) -> EvidencePack:
    assert isinstance(kept.record.content, EvidencePack)
    return kept.record.content


@pytest.mark.parametrize("by", [SAM, QUINN, REX, GRACE])
def test_s12_auditors_alone_have_a_pack_made(by: Actor) -> None:
    with pytest.raises(Forbidden):
        Kept(RecordKind.EVIDENCE_PACK).do(an_order(), by)
    assert content(ordered()).ordered_by == "audrey"


@pytest.mark.parametrize("people", [People.SAMPLE, People.ALL])
def test_names_are_in_it_for_a_reason_alone(people: People) -> None:
    with pytest.raises(Invalid) as refused:
        ordered(people=people)
    assert [(each.pointer, each.code) for each in refused.value.errors] == [("/reason", "missing")]
    assert content(ordered(people=people, reason="The audit reads letters.")).people is people
    assert content(ordered()).people is People.NONE


def test_without_a_seed_its_name_draws_the_sample() -> None:
    assert content(ordered()).seed == "demo.spring"
    assert content(ordered(seed="spring tide")).seed == "spring tide"


def test_a_period_that_is_not_over_or_ends_before_it_begins_has_no_pack() -> None:
    for wrong in ({"until": TODAY + timedelta(days=1)}, {"since": TODAY, "until": TODAY - timedelta(days=1)}):
        with pytest.raises(Invalid):
            ordered(**wrong)


def test_a_pack_is_made_once_and_by_nobody_of_staff() -> None:
    kept = ordered()
    with pytest.raises(Forbidden):
        kept.do(MADE, AUDREY)
    kept.do(MADE, MACHINE)
    assert content(kept).made_at == MONDAY
    with pytest.raises(NotNow):
        kept.do(MADE, MACHINE, now=MONDAY + timedelta(days=1))


def test_only_who_ordered_it_fetches_it_while_it_is_kept_and_each_time_is_on_record() -> None:
    kept = ordered()
    with pytest.raises(NotNow):
        kept.do(FetchPack(), AUDREY)
    kept.do(MADE, MACHINE)
    for by in (OTHER, QUINN):
        with pytest.raises((Forbidden, NotNow)):
            kept.do(FetchPack(), by)
    kept.do(FetchPack(), AUDREY)
    kept.do(FetchPack(), AUDREY, now=MONDAY + timedelta(days=6))
    assert content(kept).fetched == 2
    with pytest.raises(NotNow):
        kept.do(FetchPack(), AUDREY, now=MONDAY + KEPT)
