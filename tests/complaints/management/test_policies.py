"""The policy on complaints: its versions, its reviews, and who confirmed to have read it."""

from datetime import timedelta

import msgspec
import pytest
from msgspec.structs import replace

from complaints.management.history import history
from complaints.management.policies import (
    NOTICE,
    ConfirmReading,
    Policy,
    PublishPolicy,
    Reading,
    ReviewPolicy,
    confirm,
    declared,
    next_due,
    policy_of,
    publish,
    reminders,
    review,
    unread,
)
from complaints.management.record import ManagementRecord, RecordKind
from complaints.management.service import MOST_BYTES, RecordsService, decide, evolve
from complaints.values.errors import Invalid, Stale
from complaints.values.people import Role
from tests.builders import DEMO, GRACE, MONDAY, a_member
from tests.complaints.management.stores import QUINN, FakeRecords, context
from tests.fakes import CountingSalt

TODAY = MONDAY.date()
HERE = replace(
    context(), members=(a_member("grace"), a_member("ada"), a_member("quinn", roles=(Role.QUALITY,)))
)
NEW = ManagementRecord(kind=RecordKind.POLICY, id="demo.complaints")
WORDS = PublishPolicy(
    texts={"en": "We listen.", "tr": "Dinleriz."},
    owner="quinn",
    next_review=TODAY + timedelta(days=365),
)


def published(*versions: PublishPolicy) -> ManagementRecord:
    record = NEW
    for version in versions or (WORDS,):
        record = replace(record, content=publish(record, version, HERE))
    return record


def policy(record: ManagementRecord) -> Policy:
    assert isinstance(record.content, Policy)
    return record.content


def read_by(record: ManagementRecord, *by: str) -> ManagementRecord:
    for id in by:
        record = replace(
            record, content=confirm(record, ConfirmReading(), replace(HERE, by=replace(GRACE, id=id)))
        )
    return record


def refused(command: PublishPolicy, here: object = HERE) -> list[tuple[str, str]]:
    with pytest.raises(Invalid) as refusal:
        publish(NEW, command, here)  # type: ignore[arg-type]
    return [(wrong.pointer, wrong.code) for wrong in refusal.value.errors]


@pytest.mark.iso10002("5.2 policy: versions")
def test_other_words_are_a_new_version_and_the_same_ones_are_none() -> None:
    assert (policy(published()).number, policy(published()).since) == (1, TODAY)
    tomorrow = TODAY + timedelta(days=1)
    record = published()
    same = publish(record, replace(WORDS, owner="ada"), replace(HERE, today=tomorrow))
    assert (same.number, same.since, same.owner) == (1, TODAY, "ada")
    other = publish(record, replace(WORDS, texts={"en": "We act."}), replace(HERE, today=tomorrow))
    assert (other.number, other.since) == (2, tomorrow)


@pytest.mark.iso10002("5.2 policy: read")
def test_staff_confirm_the_version_in_force_and_it_is_seen_who_has_not() -> None:
    record = read_by(published(), "grace")
    assert policy(record).is_read_by("grace")
    assert [member.id for member in unread(policy(record), HERE.members)] == ["ada", "quinn"]
    assert confirm(record, ConfirmReading(), replace(HERE, by=GRACE)) == record.content
    again = replace(record, content=publish(record, replace(WORDS, texts={"en": "We act."}), HERE))
    assert [member.id for member in unread(policy(again), HERE.members)] == ["ada", "grace", "quinn"]
    assert len(policy(read_by(again, "grace")).readings) == 1


def test_who_has_confirmed_is_not_asked_again() -> None:
    allowed = declared().allowed
    assert "confirm" in set(allowed(policy(published()), GRACE) or ())
    assert "confirm" not in set(allowed(policy(read_by(published(), "grace")), GRACE) or ())


def test_a_confirmation_adds_the_reading_to_the_history_and_not_the_texts() -> None:
    records = FakeRecords()
    service = RecordsService(records, CountingSalt())
    made = service.carry_out(NEW, replace(WORDS, texts={"en": "We listen. " * 500}), HERE)
    read = service.carry_out(made, ConfirmReading(), replace(HERE, by=GRACE))
    whole, reading = records.entries(NEW.kind, NEW.id)
    assert len(reading.data) < 600 < len(whole.data)
    first, second = history(NEW, (whole, reading))
    assert (first.after.content, second.after) == (made.content, read)
    assert second.changed == ("readings",)
    (alone,) = history(NEW, (reading,))
    assert (alone.after.number, alone.after.seal, alone.changed) == (2, read.seal, ())


def test_of_two_who_read_at_once_both_confirm_but_not_texts_that_came_later() -> None:
    service = RecordsService(FakeRecords(), CountingSalt())
    made = service.carry_out(NEW, WORDS, HERE)
    by_grace, by_ada = (replace(HERE, by=replace(GRACE, id=id)) for id in ("grace", "ada"))
    read = service.carry_out(made, ConfirmReading(), by_grace, expected=made.version)
    both = service.carry_out(read, ConfirmReading(), by_ada, expected=made.version)
    assert policy(both).readers == {"grace", "ada"}
    other = service.carry_out(both, replace(WORDS, texts={"en": "We act."}), HERE, expected=both.version)
    for expected in (made.version, both.version, other.version + 1):
        with pytest.raises(Stale):
            service.carry_out(other, ConfirmReading(), by_grace, expected=expected)
    later = ReviewPolicy(next_review=WORDS.next_review + timedelta(days=9))
    with pytest.raises(Stale):
        service.carry_out(other, later, HERE, expected=made.version)
    looked_at = service.carry_out(other, later, HERE, expected=other.version)
    again = service.carry_out(looked_at, ConfirmReading(), by_grace, expected=other.version)
    assert policy(again).is_read_by("grace")


def test_what_is_wrong_is_named() -> None:
    assert refused(replace(WORDS, texts={})) == [("/texts/en", "missing")]
    assert refused(replace(WORDS, texts={"tr": "Dinleriz."})) == [("/texts/en", "missing")]
    assert refused(replace(WORDS, owner="nobody")) == [("/owner", "unknown-value")]
    assert refused(replace(WORDS, next_review=TODAY)) == [("/next_review", "past")]
    other = replace(published(), id="demo.other")
    assert refused(WORDS, replace(HERE, records=(other,))) == [("/id", "one-policy")]
    with pytest.raises(Invalid):
        review(published(), ReviewPolicy(next_review=TODAY), HERE)


@pytest.mark.iso10002("5.2 policy: review")
def test_its_owner_is_reminded_of_the_review_before_and_on_the_day() -> None:
    record = published()
    first = next_due(policy(record), None)
    assert first
    assert first.date() == WORDS.next_review - NOTICE
    second = next_due(policy(record), first)
    assert second
    assert second.date() == WORDS.next_review
    assert next_due(policy(record), second) is None
    told = list(reminders(record, context(QUINN)))
    assert [(letter.member, letter.records[0].day) for letter in told] == [
        (None, WORDS.next_review),
        ("quinn", WORDS.next_review),
    ]
    later = review(record, ReviewPolicy(next_review=WORDS.next_review + timedelta(days=9)), HERE)
    assert (later.number, later.next_review) == (1, WORDS.next_review + timedelta(days=9))


def test_a_site_has_one_policy_or_none() -> None:
    record = published()
    assert policy_of([record]) == (record, record.content)
    assert policy_of([]) is None
    assert DEMO.key == record.site


def test_two_thousand_members_confirm_a_policy_of_full_length_in_six_languages() -> None:
    """The bound that is stated: one item holds it, which has at most 400 KB."""
    texts = dict.fromkeys(("ar", "de", "en", "es", "fr", "tr"), "ا" * 6000)
    names = [f"{number:04d}@".ljust(64, "x") for number in range(2_000)]
    here = replace(HERE, site=replace(DEMO, languages=tuple(texts)))
    content = publish(NEW, replace(WORDS, texts=texts), here)
    days = {TODAY + timedelta(days=day): tuple(names[day::20]) for day in range(20)}
    days[TODAY] = days[TODAY][:-1]
    last = names[0::20][-1]
    record = replace(NEW, content=replace(content, confirmed=days), version=1)
    fact = decide(record, ConfirmReading(), replace(here, by=replace(GRACE, id=last)))
    assert fact is not None
    after = evolve(record, fact)
    assert policy(after).readers == frozenset(names)
    assert len(msgspec.json.encode(after.content)) < MOST_BYTES


def test_readings_that_were_stored_one_by_one_still_count() -> None:
    old = replace(policy(published()), readings=(Reading("ada", 1, TODAY), Reading("grace", 1, TODAY)))
    after = policy(read_by(replace(NEW, content=old), "quinn"))
    assert after.readers == {"ada", "grace", "quinn"}
    assert [(each.member, each.on) for each in after.all_readings] == [
        ("ada", TODAY), ("grace", TODAY), ("quinn", TODAY),
    ]  # fmt: skip


@pytest.mark.parametrize(("code", "wrong"), [("", "missing"), ("Our Policy", "wrong-form")])
def test_a_record_without_a_short_name_is_refused_with_what_is_wrong_with_it(code: str, wrong: str) -> None:
    with pytest.raises(Invalid) as refusal:
        decide(ManagementRecord(kind=RecordKind.POLICY, id=f"demo.{code}"), WORDS, HERE)
    assert [(each.pointer, each.code) for each in refusal.value.errors] == [("/id", wrong)]
