"""Who has an evidence pack made, when names are in it, and who fetches it until when."""

from datetime import timedelta
from typing import Any

import pytest
from msgspec.structs import replace

from complaints.management.declaration import RecordsContext
from complaints.management.evaluation.evidence_packs import (
    ApprovePack,
    EvidencePack,
    EvidencePackRecorded,
    FetchPack,
    MadePack,
    OrderPack,
    People,
)
from complaints.management.kinds import declaration
from complaints.management.ordered_files import KEPT
from complaints.management.record import ManagementRecord, RecordCommand, RecordKind
from complaints.management.service import decide
from complaints.values.errors import Forbidden, Invalid, NotNow, SecondPersonNeeded
from complaints.values.people import MACHINE, Actor, Role
from tests.builders import DEMO, MONDAY, PAULA, a_member
from tests.complaints.management.evaluation_records import AUDREY, GRACE, QUINN, REX, TODAY, Kept, context

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


def asked(at: RecordsContext) -> RecordsContext:
    """Paula and Pat protect data at the site, and Audrey has another account that does."""
    officers = [
        a_member(name, roles=(Role.PRIVACY,), email=f"{mailbox}@demo.example")
        for name, mailbox in (("paula", "paula"), ("pat", "pat"), ("audrey2", "audrey+2"))
    ]
    audrey = a_member("audrey", roles=(Role.AUDITOR,))
    return replace(at, members=(audrey, *officers))


def done(record: ManagementRecord, command: RecordCommand, at: RecordsContext) -> ManagementRecord:
    fact = decide(record, command, at)
    assert isinstance(fact, EvidencePackRecorded)
    number = record.number + 1
    return replace(record, content=fact.content, number=number, version=number)


@pytest.fixture
def with_names() -> ManagementRecord:
    wish = an_order(people=People.ALL, reason="The audit reads letters.")
    record = ManagementRecord(kind=RecordKind.EVIDENCE_PACK, id="demo.spring")
    return done(record, wish, asked(context(AUDREY)))


def test_names_go_into_a_pack_once_somebody_else_who_protects_data_agrees(
    with_names: ManagementRecord,
) -> None:
    declared = declaration(RecordKind.EVIDENCE_PACK)
    assert declared.waits_since(with_names.content) is None, "nothing is made yet"
    for verb, by in ((MADE, MACHINE), (FetchPack(), AUDREY), (ApprovePack(), AUDREY)):
        with pytest.raises((NotNow, Forbidden)):
            decide(with_names, verb, asked(context(by)))
    later = MONDAY + timedelta(hours=3)
    agreed = done(with_names, ApprovePack(), asked(context(PAULA, now=later)))
    assert declared.waits_since(agreed.content) == later
    assert isinstance(agreed.content, EvidencePack)
    assert agreed.content.approved_by == "paula"


def test_another_account_of_who_ordered_a_pack_does_not_agree(with_names: ManagementRecord) -> None:
    twin = Actor("staff", "audrey2", (Role.PRIVACY,))
    at = asked(context(twin, accounts=frozenset({"audrey", "audrey2"})))
    with pytest.raises(SecondPersonNeeded):
        decide(with_names, ApprovePack(), at)


def test_each_who_may_agree_is_asked_by_mail_once(with_names: ManagementRecord) -> None:
    declared, at = declaration(RecordKind.EVIDENCE_PACK), asked(context(MACHINE))
    assert declared.due(with_names.content, None) == MONDAY
    assert declared.due(with_names.content, MONDAY) is None
    assert [each.member for each in declared.reminders(with_names, at)] == ["paula", "pat"]


def test_a_pack_waits_for_nobody_without_names_or_officers_or_where_the_site_leaves_it_to_one() -> None:
    named = an_order(people=People.ALL, reason="The audit reads letters.")
    officers = asked(context(AUDREY))
    for wish, at in (
        (an_order(), officers),
        (named, context(AUDREY)),
        (named, replace(officers, site=replace(DEMO, privacy_approval=False))),
    ):
        record = done(ManagementRecord(kind=RecordKind.EVIDENCE_PACK, id="demo.spring"), wish, at)
        assert isinstance(record.content, EvidencePack)
        assert record.content.is_waiting


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
