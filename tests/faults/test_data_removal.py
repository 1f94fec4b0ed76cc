"""S59: the removal of one kind of data that dies at any of its AWS calls is finished by a later run, once.

Threat 59.
"""

import contextlib
from collections.abc import Iterator
from datetime import timedelta
from hashlib import sha256
from itertools import count
from typing import cast

import pytest
from msgspec.structs import replace

from complaints.adapters.dynamodb.key_schema import letter_sk, private_pk
from complaints.adapters.dynamodb.models import Item
from complaints.audit_trail.hash_chain import decode
from complaints.case.correspondence.mail import MailOutcome
from complaints.case.record.attachments import FileType, Scan
from complaints.case.record.erasure import DataRemoved
from complaints.casework.process.closing import Withdraw
from complaints.casework.record.attachments import Arrive, Attach
from complaints.casework.record.erasure import ApplyRetention, SetLegalHold
from complaints.context.ports import Files
from complaints.handling import verify_chain
from complaints.values.casework.retention import KINDS, KeptData, RetentionRun
from complaints.values.errors import Stale
from complaints.values.people import COMPLAINANT, MACHINE
from functions.desk.mail import raw_mail
from functions.workers import data_removal, retention
from tests.builders import MONDAY, PAULA
from tests.complaints.checkpoints.fakes import HeldEvidence
from tests.faults.faults_in_process import KILLS, TROUBLES, attempt, meeting
from tests.faults.test_erasure import Removals, a_mail, does, merge, run
from tests.faults.test_retention import RULE, finish, put
from tests.installation import Installation, opened


@pytest.fixture
def files() -> Removals:
    return Removals()


@pytest.fixture
def installation(table: str, files: Removals) -> Iterator[Installation]:
    with opened(table, files=cast("Files", files), evidence=HeldEvidence()) as installation:
        yield installation


def rules(installation: Installation, *kinds: KeptData) -> None:
    for data in kinds:
        put(installation, replace(RULE, data=data))


def taken(installation: Installation, key: str, *, ends: bool = True) -> str:
    """An ended case with a file that came by mail, the mail, and a letter as it was sent."""
    reference = installation.take(key)
    does(installation, reference, COMPLAINANT, Attach(id=f"f-{key}", name="a", type=FileType.PNG, size=9))
    does(installation, reference, COMPLAINANT, Arrive(id=f"f-{key}", digest="0" * 64, scan=Scan.CLEAN))
    mail = replace(a_mail(reference, f"raw-{key}", id=sha256(key.encode()).hexdigest()), kept=("a",))
    installation.world.inbound_mail.keep(mail)
    letter = installation.world.outbox.of_case(reference)[0].letter.id
    claimed = installation.world.outbox.claim(reference, letter, "a-1", MONDAY)
    assert claimed
    installation.world.outbox.keep(claimed, b"Subject: Received", "ngozi@okafor.example")
    installation.world.outbox.spare(claimed)
    if ends:
        does(installation, reference, COMPLAINANT, Withdraw())
    return reference


def letters(reference: str) -> list[str]:
    return [item.sk for item in Item.query(private_pk(reference)) if item.sk.startswith(letter_sk(""))]


def mails(installation: Installation, reference: str) -> list[str]:
    found, _ = installation.world.inbound_mail.page("demo", after=None, limit=99)
    return [mail.raw for mail in found if mail.reference == reference]


def pass_time(installation: Installation, days: int = 45) -> None:
    installation.clock.moment += timedelta(days=days)
    installation.world.sites.forget("demo")


def check_chain(installation: Installation, reference: str) -> list[DataRemoved]:
    """The chain and its letters verify; what is said to be removed."""
    entries = installation.world.cases.entries(reference)
    assert list(verify_chain.flaws(installation.complaint(reference), entries)) == []
    facts = [fact for entry in entries for fact in decode(entry.data).facts]
    return [fact for fact in facts if isinstance(fact, DataRemoved)]


@pytest.mark.parametrize("kind", [*KILLS, *TROUBLES])
def test_a_removal_that_is_cut_off_at_any_call_is_finished_later(
    installation: Installation, files: Removals, kind: str
) -> None:
    rules(installation, *KINDS)
    met = 0
    for place in count(1, 2):
        installation.clock.moment = MONDAY + timedelta(days=45 * place)
        key = f"{kind}-{place}"
        reference = taken(installation, key)
        pass_time(installation)
        retention.apply_rules(installation.world, lambda: True)
        with meeting(f"*:*:{place}:{kind}") as fault:
            attempt(lambda: run(installation))
        done = finish(installation)
        assert done.erased == {"files": 1, "letters": 1, "mails": 1}
        assert done.cases == (reference,)
        said = {fact.data: fact.count for fact in check_chain(installation, reference)}
        assert set(said) == set(KINDS)
        assert (letters(reference), mails(installation, reference)) == ([], [])
        assert {f"{reference}/f-{key}", f"raw-{key}"} <= files.gone
        if not fault.fired:
            break
        met += 1
    assert met > 6, "the list, the case, each kind, and the entries"


def test_a_run_that_died_after_it_asked_counts_the_case_once(installation: Installation) -> None:
    rules(installation, *KINDS)
    reference = taken(installation, "due")
    pass_time(installation)
    world = installation.world
    today = world.sites.terms("demo").today(world.now())
    asking = RetentionRun(site="demo", day=today, began_at=world.now(), revision=1, doing=reference)
    world.retention.keep(asking)
    does(installation, reference, MACHINE, ApplyRetention())
    done = finish(installation)
    assert done.erased == {"files": 1, "letters": 1, "mails": 1}
    assert done.cases == (reference,)
    assert len(check_chain(installation, reference)) == len(KINDS)


def test_only_what_a_rule_names_goes_and_a_hold_keeps_all(
    installation: Installation, files: Removals
) -> None:
    rules(installation, KeptData.LETTERS)
    held, due = taken(installation, "held"), taken(installation, "due")
    does(installation, held, PAULA, SetLegalHold(reason="She went to court."))
    pass_time(installation)
    done = finish(installation)
    assert (done.erased, done.kept, done.cases) == ({"letters": 1}, {"legal-hold": 1}, (due,))
    assert (letters(due), len(letters(held))) == ([], 1)
    assert [fact.data for fact in check_chain(installation, due)] == [KeptData.LETTERS]
    assert mails(installation, due) == ["raw-due"]
    assert files.gone == set()
    assert installation.complaint(due).attachments[0].is_kept


def test_files_go_with_the_mails_that_brought_them_as_they_came(
    installation: Installation, files: Removals
) -> None:
    rules(installation, KeptData.FILES)
    due = taken(installation, "due")
    found, _ = installation.world.inbound_mail.page("demo", after=None, limit=99)
    assert [raw_mail.is_withheld(installation.world, mail) for mail in found] == [False]
    pass_time(installation)
    finish(installation)
    assert files.gone == {f"{due}/f-due", "raw-due"}
    # What the mail said is of another kind.
    assert mails(installation, due) == ["raw-due"]
    assert [raw_mail.is_withheld(installation.world, mail) for mail in found] == [True]


def test_a_mail_that_nobody_has_looked_at_does_not_go_with_the_others(
    installation: Installation, files: Removals
) -> None:
    rules(installation, KeptData.MAILS)
    due = taken(installation, "due")
    pass_time(installation)
    waiting = a_mail(due, "raw-waiting", id="f" * 64, received_at=installation.clock.moment)
    installation.world.inbound_mail.keep(replace(waiting, outcome=MailOutcome.FROM_ANOTHER))
    finish(installation)
    assert mails(installation, due) == ["raw-waiting"]
    assert files.gone == {"raw-due"}
    assert [fact.count for fact in check_chain(installation, due)] == [1]


def test_a_case_of_which_a_kind_is_gone_is_not_read_again(installation: Installation) -> None:
    rules(installation, KeptData.LETTERS)
    reference = taken(installation, "due")
    pass_time(installation)
    finish(installation)
    [found] = installation.world.retention.ended("demo", installation.clock.moment)
    assert (found.reference, set(found.gone)) == (reference, {KeptData.LETTERS})
    pass_time(installation, 1)
    done = finish(installation)
    assert (done.erased, done.cases) == ({}, ())
    assert len(check_chain(installation, reference)) == 1


def test_what_became_part_of_a_case_loses_the_same(installation: Installation, files: Removals) -> None:
    rules(installation, KeptData.FILES)
    part, whole = taken(installation, "part", ends=False), taken(installation, "whole", ends=False)
    merge(installation, part, whole)
    does(installation, whole, COMPLAINANT, Withdraw())
    pass_time(installation)
    done = finish(installation)
    assert (done.erased, done.cases) == ({"files": 1}, (whole,))
    assert {f"{part}/f-part", f"{whole}/f-whole"} <= files.gone
    for reference in (part, whole):
        assert [fact.data for fact in check_chain(installation, reference)] == [KeptData.FILES]


def test_a_hold_that_is_set_while_a_removal_is_about_to_begin_stops_it(
    installation: Installation, files: Removals
) -> None:
    """The removal has read the case before; what it writes first is refused, and decided anew."""
    rules(installation, *KINDS)
    reference = taken(installation, "held")
    pass_time(installation)
    retention.apply_rules(installation.world, lambda: True)
    looked_at = installation.world.cases.load(reference)
    assert looked_at is not None
    assert len(looked_at.complaint.removals) == len(KINDS)
    does(installation, reference, PAULA, SetLegalHold(reason="A court asked for it."))
    with contextlib.suppress(Stale):
        data_removal.remove(installation.world, looked_at)
    run(installation)
    assert files.gone == set()
    assert letters(reference)
    assert mails(installation, reference) == ["raw-held"]
    assert installation.complaint(reference).removals == ()
    assert check_chain(installation, reference) == []
