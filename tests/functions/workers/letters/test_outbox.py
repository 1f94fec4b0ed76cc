"""Letters on their way out: which leave, which wait, and which never do."""

from collections.abc import Iterator
from datetime import timedelta

import pytest
from msgspec.structs import replace

from complaints.adapters.dynamodb.models import LetterItem, RateLimitItem
from complaints.adapters.stores.lists.due_items import PULSE
from complaints.case.correspondence.letters import LetterSent
from complaints.case.process.acknowledgement import Acknowledged
from complaints.casework.people.contact_details import CorrectContact
from complaints.delivery.rate_limits import ACKNOWLEDGEMENTS_OF_A_BOX, LETTERS_OF_A_CASE
from complaints.settings.commands import ChangeSite
from complaints.settings.setting import SettingKind
from complaints.site.site import HandlingProfile, SiteRecord
from complaints.values.field_types import Channel
from functions.workers.letters import outbox
from functions.workers.letters.backoff import MOST_ATTEMPTS, RETRY_DELAYS
from infrastructure.local.aws.ses import SIMULATOR
from infrastructure.local.seed import surroundings
from infrastructure.template.mail import mail
from tests.faults.faults_in_process import meeting
from tests.faults.mail_installation import Batch, Mails, Record, check, installed

A_DAY = timedelta(days=1)
CAPS_OF_A_FIRST_LETTER = 2
"""Of its mailbox, and of those that are kept for its site."""
NO_MAIL_NOW = "sesv2:SendEmail:*:throttle"


@pytest.fixture
def mails(table: str) -> Iterator[Mails]:
    with installed(table) as mails:
        yield mails


def states(mails: Mails, reference: str) -> list[str]:
    return [state.state for state in mails.letters(reference)]


def taken(mails: Mails) -> list[int]:
    """What is counted towards each cap; the pulse of the schedule is none."""
    items = RateLimitItem.scan(RateLimitItem.taken >= 0, consistent_read=True)
    return sorted(int(item.taken) for item in items if "known|" not in item.pk and PULSE not in item.pk)


def test_a_replayed_stream_sends_nothing_twice(mails: Mails) -> None:
    """In any order, in batches of any size, as late as it comes."""
    reference = mails.complain("success", "1")
    mails.write(reference)
    records = list(mails.records)
    mails.send(*records)
    mails.send(*reversed(records))
    mails.installation.clock.moment += A_DAY
    for record in records:
        mails.send(record)
    assert [sent.letter for sent in mails.service.sent] == ["000001.1", "000002.1"]
    assert len([fact for fact in mails.facts(reference) if isinstance(fact, LetterSent)]) == 2


def test_s42_a_bad_record_is_named_and_stops_no_other(mails: Mails) -> None:
    spoiled, sound = mails.complain("success", "1"), mails.complain("success", "2")
    item = LetterItem.get(f"case#{spoiled}", "letter#000001.1")
    item.update(actions=[LetterItem.letter.set("{")])
    records = Record(item.serialize(), "7"), *mails.records
    assert outbox.send_letters(Batch(*records)) == {"batchItemFailures": [{"itemIdentifier": "7"}]}
    assert states(mails, sound) == ["sent"]


def test_s34_a_letter_waits_while_the_mail_service_takes_none(mails: Mails) -> None:
    """Its clock is not counted as kept before it is out, and what has not left counts for no cap."""
    reference = mails.complain("success", "1")
    with meeting(NO_MAIL_NOW):
        for _ in range(3):
            mails.send(*mails.look(reference))
            mails.installation.run_schedule(timedelta(hours=2))
    assert (mails.installation.complaint(reference).acknowledged_at, mails.service.sent) == (None, [])
    assert set(taken(mails)) == {0}
    mails.send(*mails.look(reference))
    (found,) = [fact for fact in mails.facts(reference) if isinstance(fact, Acknowledged)]
    assert found.told_at == mails.installation.clock.moment
    assert sum(taken(mails)) == CAPS_OF_A_FIRST_LETTER
    check(mails, reference)


def test_a_letter_that_waits_leaves_for_the_address_that_is_right_by_then(mails: Mails) -> None:
    """Also one that was rendered for the former one."""
    reference = mails.complain("success", "1")
    with meeting(NO_MAIL_NOW):
        mails.send(*mails.records)
    right = f"success-right@{SIMULATOR}"
    mails.does(reference, CorrectContact(email=right, reason="She spelt it.", tell_former=False))
    mails.installation.run_schedule(A_DAY)
    mails.send(*mails.look(reference))
    first = next(sent for sent in mails.service.sent if sent.letter == "000001.1")
    assert first.to == right
    assert right.encode() in first.message


def test_s30_a_case_writes_so_many_letters_a_day_and_the_others_wait(mails: Mails) -> None:
    """Its acknowledgement is none of them."""
    reference = mails.complain("success", "1")
    for _ in range(LETTERS_OF_A_CASE + 1):
        mails.write(reference)
    mails.send(*mails.look(reference))
    assert states(mails, reference) == ["sent"] * (1 + LETTERS_OF_A_CASE) + ["waiting"]
    mails.installation.run_schedule(A_DAY)
    mails.send(*mails.look(reference))
    assert states(mails, reference) == ["sent"] * (1 + LETTERS_OF_A_CASE + 1)


def test_a_letter_over_one_cap_counts_for_no_other(mails: Mails) -> None:
    for number in range(ACKNOWLEDGEMENTS_OF_A_BOX):
        mails.send(*mails.look(mails.complain("success", f"+{number}")))
    before = sum(taken(mails))
    one_more = mails.complain("success", "+more")
    mails.send(*mails.look(one_more))
    assert states(mails, one_more) == ["waiting"]
    assert sum(taken(mails)) == before


def test_s67_what_is_over_the_limit_of_a_site_waits_for_a_later_turn(mails: Mails) -> None:
    """But for who was written to before, and whoever staff took down."""
    here = mails.installation.world
    here.settings = replace(here.settings, letters_per_hour="24")
    known = mails.complain("success", "known")
    mails.send(*mails.records)
    mails.write(known)
    mails.send(*mails.look(known))
    mails.forget()
    mails.installation.clock.moment += timedelta(minutes=5)
    first, second, third, again = (mails.complain("success", key) for key in ("1", "2", "3", "known+again"))
    taken_down = mails.complain("success", "4", channel=Channel.TELEPHONE)
    mails.send(*mails.records)
    assert [states(mails, each) for each in (first, second, third)] == [["sent"], ["sent"], ["waiting"]]
    assert [states(mails, each) for each in (again, taken_down)] == [["sent"], ["sent"]]
    mails.installation.run_schedule(timedelta(minutes=10))
    mails.send(*mails.look(third))
    assert states(mails, third) == ["sent"]
    check(mails, third)


def holds(mails: Mails, holds_letters: bool) -> None:
    """The site holds automatic letters back, or does not any more."""
    here = mails.installation.world
    setting = here.settings_store.load(SettingKind.SITE, "demo")
    assert isinstance(setting.record, SiteRecord)
    fields = {name: getattr(setting.record, name) for name in HandlingProfile.__struct_fields__}
    change = ChangeSite(**fields | {"holds_letters": holds_letters, "reason": "Robots."})
    here.settings_service.carry_out(setting, change, surroundings(here))
    here.sites.forget("demo")


def test_s67_held_letters_leave_once_they_are_not_held_any_more(mails: Mails) -> None:
    """What staff write leaves at once, and so does what they took down themselves."""
    holds(mails, True)
    reference, taken_down = (
        mails.complain("success", "1"),
        mails.complain("success", "2", channel=Channel.TELEPHONE),
    )
    mails.write(reference)
    mails.send(*mails.records)
    assert states(mails, reference) == ["waiting", "sent"]
    assert states(mails, taken_down) == ["sent"]
    for _ in range(3):
        mails.installation.run_schedule(timedelta(hours=1))
        mails.send(*mails.look(reference))
    assert states(mails, reference) == ["waiting", "sent"]
    holds(mails, False)
    mails.installation.run_schedule(timedelta(hours=1))
    mails.send(*mails.look(reference))
    assert states(mails, reference) == ["sent", "sent"]
    assert [sent.letter for sent in mails.service.sent if sent.case == reference] == ["000002.1", "000001.1"]


def test_s67_a_letter_that_was_held_for_hours_is_tried_as_often_as_any_other(mails: Mails) -> None:
    """What no mail service takes then waits a minute, and an unexpected error is not the end of it."""
    holds(mails, True)
    reference = mails.complain("success", "1")
    mails.send(*mails.records)
    for _ in range(MOST_ATTEMPTS):
        mails.installation.run_schedule(timedelta(hours=1))
        mails.send(*mails.look(reference))
    holds(mails, False)
    mails.installation.run_schedule(timedelta(hours=1))
    with meeting(NO_MAIL_NOW):
        mails.send(*mails.look(reference))
    (letter,) = mails.letters(reference)
    now = mails.installation.clock.moment
    assert (letter.attempts, letter.waits_until) == (1, now + RETRY_DELAYS[0])


def test_s67_a_receipt_that_waited_until_the_case_ended_is_not_sent(mails: Mails) -> None:
    """The letter of the end tells more, and it waits as the receipt did."""
    holds(mails, True)
    reference = mails.complain("success", "1")
    mails.send(*mails.records)
    mails.withdraw(reference)
    mails.send(*mails.look(reference))
    assert states(mails, reference) == ["waiting", "waiting"]
    holds(mails, False)
    mails.installation.run_schedule(timedelta(hours=1))
    mails.send(*mails.look(reference))
    assert states(mails, reference) == ["spared", "sent"]


def test_s68_who_withdraws_what_is_over_the_cap_of_a_mailbox_has_nothing_sent_there(mails: Mails) -> None:
    """Neither the receipt nor the letter of the end, until the next day."""
    for number in range(ACKNOWLEDGEMENTS_OF_A_BOX + 1):
        mails.installation.clock.moment += timedelta(minutes=5)
        reference = mails.complain("success", f"same+{number}")
        mails.send(*mails.look(reference))
    mails.withdraw(reference)
    mails.send(*mails.look(reference))
    assert states(mails, reference) == ["waiting", "waiting"]


def test_a_failing_address_is_suppressed(mails: Mails) -> None:
    """Also for letters that were called for before it was known; later ones are printed."""
    reference = mails.complain("bounce", "1")
    mails.send(*mails.records)
    mails.write(reference)
    for event in mails.service.events:
        mails.settle(event)
    mails.send(*mails.look(reference))
    mails.write(reference)
    mails.send(*mails.look(reference))
    assert states(mails, reference) == ["failed", "failed", "to_print"]
    box, team = f"bounce-1@{SIMULATOR}", mails.installation.world.sites.terms("demo").site.team
    assert [(sent.letter, sent.to) for sent in mails.service.sent] == [("000001.1", box), ("000004.1", team)]
    assert b"A letter was not delivered" in mails.service.sent[1].message


def test_every_mail_passes_the_suppression_list(mails: Mails) -> None:
    """Those to staff as well: all leave by one configuration, which keeps the list of SES."""
    reference = mails.complain("success", "1")
    mails.send(*mails.records)
    mails.installation.run_schedule(timedelta(days=60))
    mails.send(*mails.look(reference))
    assert {sent.to.partition("@")[2] for sent in mails.service.sent} > {"simulator.amazonses.com"}
    assert {sent.configuration for sent in mails.service.sent} == {"letters"}
    stored = mail()["MailConfiguration"]["Properties"]["SuppressionOptions"]["SuppressedReasons"]
    assert stored == ["BOUNCE", "COMPLAINT"]
