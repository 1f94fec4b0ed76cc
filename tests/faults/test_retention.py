"""S59: a run of retention rules that dies at any of its AWS calls is gone on with, and counts each case once.

Threat 59.
"""

from collections.abc import Iterator
from datetime import timedelta
from itertools import count
from typing import cast

import pytest
from msgspec.structs import replace

from complaints.adapters.dynamodb.key_schema import case_pk
from complaints.adapters.dynamodb.models import Head
from complaints.audit_trail.hash_chain import decode
from complaints.case.correspondence.mail import MailOutcome
from complaints.case.record.erasure import Erased
from complaints.casework.outcome.classification import Classify
from complaints.casework.process.closing import Withdraw
from complaints.casework.record.erasure import SetLegalHold
from complaints.context.ports import Files
from complaints.settings.commands import PutRetention
from complaints.settings.setting import SettingKind
from complaints.settings.settings_context import among
from complaints.values.casework.retention import CountedFrom, KeptData, RetentionBasis, RetentionRun
from complaints.values.people import COMPLAINANT, Role
from functions.desk.settings.retention import AskedRetention, listed
from functions.workers import retention
from tests.builders import ADA, MONDAY, PAULA, a_member
from tests.complaints.checkpoints.fakes import HeldEvidence
from tests.faults.faults_in_process import KILLS, TROUBLES, attempt, meeting
from tests.faults.test_erasure import Removals, a_mail, does, merge, run
from tests.installation import Installation, opened
from tests.settings_stores import OPERATOR

RULE = PutRetention(
    data=KeptData.CASE,
    months=1,
    counted_from=CountedFrom.CLOSING,
    basis=RetentionBasis.LAW,
    source="Commercial Code",
    reason="It was agreed.",
)


@pytest.fixture
def installation(table: str) -> Iterator[Installation]:
    with opened(table, files=cast("Files", Removals()), evidence=HeldEvidence()) as installation:
        put(installation)
        yield installation


def put(installation: Installation, rule: PutRetention = RULE) -> None:
    """The operator sets a rule."""
    world = installation.world
    store = world.settings_store
    context = among(store.all(), now=world.now(), by=OPERATOR, shipped_data=world.shipped_data)
    world.settings_service.carry_out(store.load(SettingKind.SITE, "demo"), rule, context)
    world.sites.forget("demo")


def ended(installation: Installation, key: str, *, held: bool = False) -> str:
    reference = installation.take(key)
    does(installation, reference, COMPLAINANT, Withdraw())
    if held:
        does(installation, reference, PAULA, SetLegalHold(reason="She went to court."))
    return reference


def today(installation: Installation) -> RetentionRun | None:
    world = installation.world
    return world.retention.run_of("demo", world.sites.terms("demo").today(world.now()))


def finish(installation: Installation) -> RetentionRun:
    """Turns follow until the run of the day is over, and what it asked for is erased."""
    for _ in range(4):
        installation.clock.moment += timedelta(minutes=7)
        run(installation)
    done = today(installation)
    assert done
    assert done.ended_at
    return done


@pytest.mark.parametrize("kind", [*KILLS, *TROUBLES])
def test_a_run_that_is_cut_off_at_any_call_is_gone_on_with(installation: Installation, kind: str) -> None:
    met = 0
    for place in count(1):
        due = {ended(installation, f"{kind}-{place}-{each}") for each in range(2)}
        # At the same hour each time: the run of a day is looked at.
        installation.clock.moment = MONDAY + timedelta(days=45 * place)
        installation.world.sites.forget("demo")
        with meeting(f"*:*:{place}:{kind}") as fault:
            attempt(lambda: retention.apply_rules(installation.world, lambda: True))
        done = finish(installation)
        assert (done.erased, set(done.cases)) == ({"case": 2}, due)
        for reference in due:
            entries = installation.world.cases.entries(reference)
            said = [fact for entry in entries for fact in decode(entry.data).facts]
            assert len([each for each in said if isinstance(each, Erased)]) == 1
        if not fault.fired:
            break
        met += 1
    assert met > 6, "the sites, the run, the index, the cases, what it is about to do, the entries"


def test_what_keeps_a_case_is_counted_and_erases_nothing(installation: Installation) -> None:
    held, due = ended(installation, "held", held=True), ended(installation, "due")
    installation.clock.moment += timedelta(days=40)
    installation.world.sites.forget("demo")
    done = finish(installation)
    assert (done.kept, done.cases) == ({"legal-hold": 1}, (due,))
    assert installation.complaint(held).erasure is None


def test_a_case_of_which_a_mail_waits_for_staff_is_kept_and_the_list_says_so(
    installation: Installation,
) -> None:
    """Until they see to it, or for as long as the rule keeps a case from the day on which the mail came."""
    inbox, world = installation.world.inbound_mail, installation.world
    seen_to, left = ended(installation, "seen-to"), ended(installation, "left")
    installation.clock.moment += timedelta(days=40)
    world.sites.forget("demo")
    came = {
        each: replace(
            a_mail(each, f"raw-{each}", id=f"{place}" * 64, received_at=installation.clock.moment),
            outcome=MailOutcome.FROM_ANOTHER,
        )
        for place, each in enumerate((seen_to, left))
    }
    for mail in came.values():
        inbox.keep(mail)
    day = world.sites.terms("demo").today(world.now())
    asked = AskedRetention(a_member("Paula", roles=(Role.PRIVACY,)), "demo", day, None)
    assert {each.kept for each in listed(world, asked).items} == {"unread-mail"}
    done = finish(installation)
    assert (done.kept, done.cases) == ({"unread-mail": 2}, ())
    inbox.settle(replace(came[seen_to], outcome=MailOutcome.JOINED, settled_by="ada"))
    for days, kept, cases in ((1, {"unread-mail": 1}, (seen_to,)), (45, {}, (left,))):
        installation.clock.moment += timedelta(days=days)
        world.sites.forget("demo")
        done = finish(installation)
        assert (done.kept, done.cases) == (kept, cases)


def test_a_case_is_kept_for_the_rule_of_a_case_that_became_part_of_it(installation: Installation) -> None:
    part, whole = installation.take("part"), installation.take("whole")
    does(installation, part, ADA, Classify(category="billing.wrong_amount"))
    put(installation, replace(RULE, category="billing.wrong_amount", months=12))
    merge(installation, part, whole)
    does(installation, whole, COMPLAINANT, Withdraw())
    for days, erased in ((45, {}), (360, {"case/billing.wrong_amount": 1})):
        installation.clock.moment += timedelta(days=days)
        installation.world.sites.forget("demo")
        assert finish(installation).erased == erased
        for reference in (part, whole):
            assert bool(installation.complaint(reference).erasure) is bool(erased)


def test_a_case_that_cannot_be_read_stops_no_other_and_is_counted(
    installation: Installation, capfd: pytest.CaptureFixture[str], caplog: pytest.LogCaptureFixture
) -> None:
    broken, due = ended(installation, "broken"), ended(installation, "due")
    for model in Head.query(case_pk(broken)):
        if isinstance(model, Head):
            model.update(actions=[Head.state.set("{}")])
    installation.clock.moment += timedelta(days=40)
    installation.world.sites.forget("demo")
    assert due in retention.apply_rules(installation.world, lambda: True)
    done = today(installation)
    assert done
    assert done.ended_at
    assert (done.kept, done.cases) == ({"failed": 1}, (due,))
    assert [getattr(line, "reference", None) for line in caplog.records if line.levelname == "ERROR"] == [
        broken
    ]
    assert "ErasuresLate" in capfd.readouterr().out


def test_a_run_that_midnight_cut_off_is_ended_by_the_next_one(installation: Installation) -> None:
    due = {ended(installation, f"night-{each}") for each in range(2)}
    installation.clock.moment += timedelta(days=40)
    installation.world.sites.forget("demo")
    with meeting("*:*:1:kill-after"):
        attempt(lambda: retention.apply_rules(installation.world, lambda: True))
    left = iter((True,))
    retention.apply_rules(installation.world, lambda: next(left, False))
    cut = today(installation)
    assert cut
    assert cut.ended_at is None
    installation.clock.moment += timedelta(days=1)
    installation.world.sites.forget("demo")
    finish(installation)
    runs = installation.world.retention.runs("demo", 9)
    assert len(runs) == 2
    assert all(each.ended_at for each in runs)
    assert {reference for each in runs for reference in each.cases} == due


def test_a_run_goes_on_where_its_time_was_over(installation: Installation) -> None:
    due = {ended(installation, f"slow-{each}") for each in range(3)}
    installation.clock.moment += timedelta(days=40)
    installation.world.sites.forget("demo")
    asked: list[str] = []
    for _ in range(3):
        left = iter((True,))
        asked += retention.apply_rules(installation.world, lambda left=left: next(left, False))  # type: ignore[misc]
        assert today(installation)
    done = finish(installation)
    assert set(asked) <= due
    assert (done.erased, set(done.cases)) == ({"case": 3}, due)


def test_a_run_is_over_for_the_day(installation: Installation) -> None:
    installation.clock.moment += timedelta(days=40)
    installation.world.sites.forget("demo")
    retention.apply_rules(installation.world, lambda: True)
    before = today(installation)
    assert before
    assert before.ended_at
    retention.apply_rules(installation.world, lambda: True)
    assert today(installation) == before
