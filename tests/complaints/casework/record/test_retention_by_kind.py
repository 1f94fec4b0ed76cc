"""Retention of one kind of data: files, letters as sent or mails go before the rest of the case."""

from datetime import date, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from msgspec.structs import replace

from complaints.case.correspondence.mail import MailOutcome, ReceivedMail
from complaints.case.record.attachments import AttachmentState, FileType, Scan
from complaints.case.record.erasure import (
    DataRemovalBegun,
    DataRemovalRequested,
    DataRemovalStopped,
    DataRemoved,
    ErasureRequested,
    LegalHoldSet,
)
from complaints.casework.correspondence.messages import Add
from complaints.casework.outcome.remedies import DeclineOwnRemedy
from complaints.casework.process.closing import Reopen
from complaints.casework.record import retention
from complaints.casework.record.attachments import Arrive, Attach
from complaints.casework.record.erasure import (
    ApplyRetention,
    BeginRemoval,
    FinishRemoval,
    LiftLegalHold,
    RemoveWithWhole,
    SetLegalHold,
)
from complaints.checkpoints.verification.ledger import letter_removals
from complaints.checkpoints.verification.stored_files import named_files
from complaints.handling import verify_chain
from complaints.handling.lifecycle import decide
from complaints.handling.replay import replayed
from complaints.values.casework.retention import (
    KINDS,
    FormerRules,
    KeptData,
    RetentionCandidate,
    RetentionRule,
)
from complaints.values.people import COMPLAINANT, MACHINE
from tests.builders import MONDAY, PAULA, RUTH, Story, a_complaint, context
from tests.complaints.casework.record.test_retention import closed, ended, rule, site

FILES, LETTERS, MAILS = KINDS
LATER = MONDAY + timedelta(days=100)
ZONE = ZoneInfo(site().zone)


def of(data: KeptData, months: int, category: str | None = None) -> RetentionRule:
    return rule(months, category, data=data)


def with_file() -> Story:
    story = a_complaint().received().acknowledged()
    story.does(COMPLAINANT, Attach(id="f-1", name="cup.png", type=FileType.PNG, size=9))
    story.does(COMPLAINANT, Arrive(id="f-1", digest="0" * 64, scan=Scan.CLEAN))
    return story.withdrawn()


def applied(story: Story, *rules: RetentionRule, days: int = 100) -> list[Any]:
    """What a run so many days later asks for."""
    terms = replace(story.terms, site=replace(story.terms.site, retention=rules))
    return decide(
        story.build(), ApplyRetention(), context(MACHINE, MONDAY + timedelta(days=days), terms=terms)
    )


def removed(story: Story, *rules: RetentionRule) -> Story:
    """A run asks for what is due, and it is done."""
    story.terms = replace(story.terms, site=replace(story.terms.site, retention=rules))
    story.does(MACHINE, ApplyRetention(), LATER)
    for each in story.build().removals:
        story.does(MACHINE, BeginRemoval(data=each.data), LATER + timedelta(minutes=1))
        story.does(MACHINE, FinishRemoval(data=each.data, count=1), LATER + timedelta(minutes=1))
    return story


def due(story: Story, rules: tuple[RetentionRule, ...], day: date) -> list[KeptData]:
    return [each.data for each in retention.due_rules(story.build(), site(*rules), day)]


def test_each_kind_is_due_by_its_own_rule_and_the_rest_stays() -> None:
    story, rules = with_file(), (rule(72), of(FILES, 1), of(LETTERS, 2))
    first = applied(story, *rules, days=40)
    assert [(type(fact), fact.data) for fact in first] == [(DataRemovalRequested, FILES)]
    assert [fact.data for fact in applied(story, *rules)] == [FILES, LETTERS]
    assert [fact.rule for fact in applied(story, *rules)] == [of(FILES, 1), of(LETTERS, 2)]
    assert applied(story, rule(72)) == []


def test_a_case_that_is_due_as_a_whole_is_erased_and_nothing_is_asked_for_apart() -> None:
    [fact] = applied(with_file(), rule(1), of(FILES, 1))
    assert isinstance(fact, ErasureRequested)


def test_files_that_a_rule_removed_are_there_no_more_and_the_chain_verifies() -> None:
    story = removed(with_file(), of(FILES, 1))
    complaint = story.build()
    [file] = complaint.attachments
    assert (file.state, file.removed_at, file.is_kept) == (AttachmentState.REMOVED, LATER, False)
    last = story.facts[-1]
    assert isinstance(last, DataRemoved)
    assert (last.data, last.rule, last.count) == (FILES, of(FILES, 1), 1)
    entries = story.cases.entries(story.reference)
    assert list(verify_chain.flaws(complaint, entries)) == []
    assert replayed(story.reference, entries) == complaint
    assert complaint.erasing_since is None


def test_what_was_removed_is_not_due_again_until_something_comes() -> None:
    rules = of(LETTERS, 1), of(MAILS, 1)
    story = closed()
    for each in rules:
        story.does(MACHINE, RemoveWithWhole(rule=each), LATER)
    assert due(story, rules, date(2999, 1, 1)) == []
    assert story.build().gone >= {LETTERS, MAILS}
    story.does(COMPLAINANT, Add(text="One more thing."), LATER + timedelta(days=10))
    contact = (LATER + timedelta(days=10)).date()
    assert due(story, rules, retention.last_day(contact, 1)) == []
    assert due(story, rules, retention.last_day(contact, 1) + timedelta(days=1)) == [LETTERS, MAILS]


def test_a_case_without_files_loses_none_and_the_index_says_so() -> None:
    assert applied(ended(), of(FILES, 1)) == []
    assert ended().build().gone == {FILES}
    assert with_file().build().gone == frozenset()


def test_a_file_that_comes_after_a_case_was_opened_again_goes_when_that_ended() -> None:
    story = removed(with_file(), of(FILES, 1))
    at = LATER + timedelta(days=1)
    story.does(RUTH, Reopen(reason="There is more."), at)
    story.does(COMPLAINANT, Attach(id="f-2", name="lid.png", type=FileType.PNG, size=9), at)
    story.does(COMPLAINANT, Arrive(id="f-2", digest="1" * 64, scan=Scan.CLEAN), at)
    assert [each.state for each in story.build().attachments] == ["removed", "kept"]
    story.now = at
    story.withdrawn()
    assert due(story, (of(FILES, 1),), date(2999, 1, 1)) == [FILES]


def test_what_keeps_a_case_keeps_each_kind_of_it() -> None:
    held = with_file().does(PAULA, SetLegalHold(reason="She went to court."))
    for story in (held, a_complaint().received()):
        assert applied(story, *(of(data, 1) for data in KINDS)) == []


@pytest.mark.parametrize(
    ("outcome", "days", "stays"),
    [
        (MailOutcome.JOINED, 1, False),
        (MailOutcome.FROM_ANOTHER, 1, True),
        (MailOutcome.UNVERIFIED, 1, True),
        (MailOutcome.AUTOMATIC, 1, False),
        (MailOutcome.FROM_ANOTHER, 40, False),
    ],
)
def test_a_mail_that_waits_for_staff_is_kept_from_the_day_on_which_it_came(
    outcome: MailOutcome, days: int, stays: bool
) -> None:
    [asked] = removed(ended(), of(MAILS, 1)).build().removals
    mail = ReceivedMail(id="0" * 64, received_at=LATER - timedelta(days=days), outcome=outcome, raw="raw")
    assert retention.keeps_mail(mail, asked, ZONE) is stays


def test_a_part_loses_what_its_whole_loses() -> None:
    story = with_file().does(MACHINE, RemoveWithWhole(rule=of(FILES, 1)), LATER)
    assert [each.state for each in story.build().attachments] == ["removed"]
    assert story.build().erasing_since == LATER
    assert not story.does(MACHINE, FinishRemoval(data=LETTERS, count=1), LATER).build().removal(LETTERS)


def test_a_rule_that_was_just_set_removes_nothing_within_its_notice() -> None:
    story, day = with_file(), (MONDAY + timedelta(days=100)).date()
    before = (FormerRules(rules=(), until=day),)
    assert not retention.due_rules(story.build(), site(of(FILES, 1), former_retention=before), day)
    assert retention.due_rules(
        story.build(), site(of(FILES, 1), former_retention=before), day + timedelta(days=1)
    )


def test_the_index_leaves_out_cases_of_which_a_kind_is_gone() -> None:
    of_site, day = site(of(LETTERS, 1), rule(72)), (MONDAY + timedelta(days=100)).date()
    found = RetentionCandidate("C-2ABCD-EFGHJ-R", MONDAY, None, "")
    assert retention.may_be_due(found, of_site, day)
    assert not retention.may_be_due(replace(found, gone=frozenset({LETTERS})), of_site, day)


def test_a_hold_that_comes_before_a_removal_begins_stops_it_and_all_is_there() -> None:
    story, minute = with_file(), timedelta(minutes=1)
    for data in KINDS:
        story.does(MACHINE, RemoveWithWhole(rule=of(data, 1)), LATER)
    story.does(PAULA, SetLegalHold(reason="A court asked for it."), LATER + minute)
    for data in KINDS:
        story.does(MACHINE, BeginRemoval(data=data), LATER + 2 * minute)
        assert isinstance(story.facts[-1], DataRemovalStopped)
    complaint = story.build()
    [file] = complaint.attachments
    assert (file.state, file.removed_at, complaint.removals) == (AttachmentState.KEPT, None, ())
    assert complaint.erasing_since is None
    entries = story.cases.entries(story.reference)
    assert list(verify_chain.flaws(complaint, entries)) == []
    assert [each.kind for each in named_files(story.reference, entries)] == ["file"]
    assert not letter_removals(entries).any
    story.does(PAULA, LiftLegalHold(hold=complaint.holds[0].id, reason="It is over."), LATER + 3 * minute)
    assert due(story, tuple(of(each, 1) for each in KINDS), LATER.date()) == list(KINDS)


def test_what_comes_after_a_second_removal_that_was_stopped_is_kept_from_the_last_contact_on() -> None:
    """The first one is not forgotten: else all would go as soon as the hold is lifted."""
    rules, minute = (of(LETTERS, 1),), timedelta(minutes=1)
    story = closed().does(COMPLAINANT, DeclineOwnRemedy(remedy="replacement"))
    for step in (
        RemoveWithWhole(rule=rules[0]),
        BeginRemoval(data=LETTERS),
        FinishRemoval(data=LETTERS, count=1),
    ):
        story.does(MACHINE, step, LATER)
    story.does(COMPLAINANT, Add(text="One more thing."), LATER + timedelta(days=10))
    second = LATER + timedelta(days=60)
    story.does(MACHINE, RemoveWithWhole(rule=rules[0]), second)
    story.does(PAULA, SetLegalHold(reason="A court asked for it."), second + minute)
    story.does(MACHINE, BeginRemoval(data=LETTERS), second + 2 * minute)
    assert isinstance(story.facts[-1], DataRemovalStopped)
    assert due(story, rules, second.date()) == [LETTERS]
    story.does(COMPLAINANT, Add(text="And another one."), second + timedelta(days=1))
    complaint = story.build()
    assert due(story, rules, (second + timedelta(days=2)).date()) == []
    assert list(verify_chain.flaws(complaint, story.cases.entries(story.reference))) == []


def test_a_hold_that_comes_after_a_removal_began_is_too_late_and_the_record_says_so() -> None:
    story = with_file()
    story.does(MACHINE, RemoveWithWhole(rule=of(FILES, 1)), LATER)
    story.does(MACHINE, BeginRemoval(data=FILES), LATER)
    story.does(PAULA, SetLegalHold(reason="A court asked for it."), LATER)
    for command in (BeginRemoval(data=FILES), BeginRemoval(data=LETTERS)):
        assert decide(story.build(), command, context(MACHINE, LATER)) == []
    story.does(MACHINE, FinishRemoval(data=FILES, count=1), LATER)
    kinds = [type(fact) for fact in story.facts[-4:]]
    assert kinds == [DataRemovalRequested, DataRemovalBegun, LegalHoldSet, DataRemoved]
    assert named_files(story.reference, story.cases.entries(story.reference)) == ()
