"""S59: an erasure that dies at any of its AWS calls is finished by a later run, once.

Threat 59.
"""

from collections.abc import Callable, Iterator
from datetime import datetime, timedelta
from hashlib import sha256
from itertools import count
from typing import Any, cast

import pytest

from complaints import erasure as erasure_list
from complaints.adapters.dynamodb.key_schema import case_pk, letter_sk, private_pk
from complaints.adapters.dynamodb.models import Item, LetterItem
from complaints.audit_trail.hash_chain import decode
from complaints.case.correspondence.mail import MailOutcome, ReceivedMail
from complaints.case.record.attachments import FileType
from complaints.case.record.erasure import Erased, ErasureGround
from complaints.casework.command import Command
from complaints.casework.correspondence.messages import Add, JoinMail
from complaints.casework.process.closing import Withdraw
from complaints.casework.record.attachments import Attach
from complaints.casework.record.erasure import Erase
from complaints.casework.record.merging import Merge
from complaints.context.decision_context import Context, OtherCase
from complaints.context.ports import Files
from complaints.handling import verify_chain
from complaints.handling.linked_case_service import CaseSide
from complaints.values.errors import Unavailable
from complaints.values.people import COMPLAINANT, Actor
from functions.workers import erasure
from functions.workers.letters import outbox
from tests.builders import ADA, MONDAY, PAULA
from tests.complaints.checkpoints.fakes import HeldEvidence
from tests.faults.faults_in_process import KILLS, TROUBLES, Died, attempt, meeting
from tests.installation import Installation, Run, opened


class Removals:
    """Files of which only removal is asked for; `gone` are the keys that were removed; those of a
    `broken` case cannot be, and a run that comes to those of a `deadly` one dies. `meanwhile` happens before
    a file is removed."""

    def __init__(self) -> None:
        self.gone: set[str] = set()
        self.broken = self.deadly = ""
        self.meanwhile: Callable[[], object] = bool

    def remove(self, key: str) -> None:
        self.meanwhile()
        if self.broken and key.startswith(self.broken):
            raise Unavailable
        if self.deadly and key.startswith(self.deadly):
            raise Died
        self.gone.add(key)

    def remove_mail(self, key: str) -> None:
        self.gone.add(key)


@pytest.fixture
def files() -> Removals:
    return Removals()


@pytest.fixture
def evidence() -> HeldEvidence:
    return HeldEvidence()


@pytest.fixture
def installation(table: str, files: Removals, evidence: HeldEvidence) -> Iterator[Installation]:
    with opened(table, files=cast("Files", files), evidence=evidence) as installation:
        yield installation


def does(installation: Installation, reference: str, by: Actor, command: Command) -> None:
    world = installation.world
    case = world.cases.load(reference)
    assert case is not None
    context = Context(now=world.now(), by=by, terms=world.sites.terms("demo"))
    world.casework.carry_out(case, command, context)


def to_erase(installation: Installation, key: str) -> str:
    """A case as `filled` makes it, whose erasure was asked for."""
    reference = filled(installation, key)
    ends(installation, reference)
    return reference


def filled(installation: Installation, key: str) -> str:
    """A case with a message, a file, a mail and letters that have not left."""
    reference = installation.take(key)
    does(installation, reference, COMPLAINANT, Add(text="And the lid."))
    does(installation, reference, COMPLAINANT, Attach(id=f"f-{key}", name="a", type=FileType.PNG, size=9))
    installation.world.inbound_mail.keep(a_mail(reference, key, id=sha256(key.encode()).hexdigest()))
    return reference


def a_mail(
    reference: str, raw: str, *, id: str = "0" * 64, received_at: datetime = MONDAY, place: int = 0
) -> ReceivedMail:
    return ReceivedMail(
        id=id,
        place=place,
        received_at=received_at,
        outcome=MailOutcome.JOINED,
        raw=raw,
        site="demo",
        reference=reference,
    )


def ends(installation: Installation, reference: str) -> None:
    """It is taken back, and its erasure asked for."""
    does(installation, reference, COMPLAINANT, Withdraw())
    does(installation, reference, PAULA, Erase(ground=ErasureGround.NOT_NEEDED))


def run(installation: Installation) -> Any:
    return erasure.erase_cases(Run(1_000))


def check(
    installation: Installation, files: Removals, evidence: HeldEvidence, reference: str, key: str
) -> None:
    """Nothing is left that people wrote, `Erased` is said once, and the chain verifies."""
    world = installation.world
    assert [item.sk for item in Item.query(private_pk(reference)) if item.sk != "search"] == []
    assert {f"{reference}/f-{key}", key} <= files.gone
    mails, _ = world.inbound_mail.page("demo", after=None, limit=99)
    assert not any(mail.reference == reference for mail in mails)
    assert not any(state.is_on_its_way for state in world.outbox.of_case(reference))
    assert [each.reference for each, _ in erasure_list.listed(evidence)].count(reference) == 1
    entries = world.cases.entries(reference)
    said = [fact for entry in entries for fact in decode(entry.data).facts if isinstance(fact, Erased)]
    assert len(said) == 1
    assert list(verify_chain.flaws(installation.complaint(reference), entries)) == []


@pytest.mark.parametrize("kind", [*KILLS, *TROUBLES])
def test_an_erasure_that_is_cut_off_at_any_call_is_finished_later(
    installation: Installation, files: Removals, evidence: HeldEvidence, kind: str
) -> None:
    met = 0
    for place in count(1):
        key = f"{kind}-{place}"
        reference = to_erase(installation, key)
        with meeting(f"*:*:{place}:{kind}") as fault:
            attempt(lambda: run(installation))
        for _ in range(2):
            installation.clock.moment += timedelta(minutes=7)
            run(installation)
        check(installation, files, evidence, reference, key)
        if not fault.fired:
            break
        met += 1
    assert met > 8, "the list, the case, its letters, the key, mails, what is private, the entry"


def test_a_letter_that_is_just_being_sent_is_waited_for(
    installation: Installation, files: Removals, evidence: HeldEvidence
) -> None:
    reference = to_erase(installation, "sending")
    # It was called for before; the attempt that has it may still write down what it rendered.
    letters = installation.world.outbox
    letter = letters.of_case(reference)[0].letter.id
    assert letters.claim(reference, letter, "an attempt", installation.clock.moment)
    assert run(installation) == {"erased": [], "waiting": [reference]}
    # A table that is restored from here on is told of it: nothing was removed before that.
    assert reference in [each.reference for each, _ in erasure_list.listed(evidence)]
    assert run(installation) == {"erased": [], "waiting": []}
    installation.clock.moment += timedelta(minutes=7)
    assert run(installation) == {"erased": [reference], "waiting": []}
    check(installation, files, evidence, reference, "sending")


def test_a_whole_says_erased_when_all_its_parts_have_in_the_same_run(
    installation: Installation, files: Removals, evidence: HeldEvidence
) -> None:
    whole, parts = to_erase_with_parts(installation, files, "whole")
    *first, last = run(installation)["erased"]
    assert (sorted(first), last) == (sorted(parts), whole)
    for reference, key in ((whole, "whole"), *((part, f"whole-{n}") for n, part in enumerate(parts))):
        check(installation, files, evidence, reference, key)


def to_erase_with_parts(installation: Installation, files: Removals, key: str) -> tuple[str, list[str]]:
    """A case as `to_erase` makes it, and two as full that became part of it before."""
    whole, *parts = (filled(installation, each) for each in (key, f"{key}-0", f"{key}-1"))
    for part in parts:
        merge(installation, part, whole)
    ends(installation, whole)
    return whole, parts


def merge(installation: Installation, part: str, whole: str) -> None:
    world = installation.world

    def side(reference: str, other: str) -> CaseSide:
        case = world.cases.load(reference)
        assert case
        context = Context(
            now=world.now(),
            by=ADA,
            terms=world.sites.terms("demo"),
            other_case=OtherCase(complaint=installation.complaint(other), is_one_person=True),
        )
        return CaseSide(case, context)

    world.two_case_service.carry_out(
        lambda: (side(part, whole), side(whole, part)),
        Merge(into=whole, reason="The same parcel."),
        expected=installation.complaint(part).version,
    )


def test_a_whole_waits_for_a_part_of_which_a_letter_is_just_being_sent(
    installation: Installation, files: Removals, evidence: HeldEvidence
) -> None:
    whole, (first, second) = to_erase_with_parts(installation, files, "whole")
    letter = installation.world.outbox.of_case(first)[0].letter.id
    assert installation.world.outbox.claim(first, letter, "an attempt", installation.clock.moment)
    assert run(installation) == {"erased": [second], "waiting": [whole]}
    asked = installation.complaint(whole).erasure
    assert asked is not None
    assert asked.erased_at is None, "what people wrote in a part of it is still there"
    installation.clock.moment += timedelta(minutes=7)
    assert set(run(installation)["erased"]) == {first, whole}
    check(installation, files, evidence, whole, "whole")
    check(installation, files, evidence, first, "whole-0")


def test_an_erasure_with_parts_goes_on_where_its_time_was_over(
    installation: Installation, files: Removals, evidence: HeldEvidence
) -> None:
    whole, parts = to_erase_with_parts(installation, files, "whole")
    begun = erasure.erase_cases(Run(3))
    assert (len(begun["erased"]), begun["waiting"]) == (1, [whole])
    installation.clock.moment += timedelta(minutes=7)
    assert {*begun["erased"], *run(installation)["erased"]} == {whole, *parts}
    check(installation, files, evidence, whole, "whole")


def test_a_letter_that_is_wanted_again_afterwards_is_spared(
    installation: Installation, files: Removals, evidence: HeldEvidence
) -> None:
    reference = to_erase(installation, "bounced")
    run(installation)
    letter = LetterItem.get(*first_letter(installation, reference))
    letter.update(actions=[LetterItem.state.set("wanted")])
    outbox.deliver(installation.world, reference, letter.sk.partition("#")[2])
    assert {state.state for state in installation.world.outbox.of_case(reference)} == {"spared"}
    check(installation, files, evidence, reference, "bounced")


def first_letter(installation: Installation, reference: str) -> tuple[str, str]:
    letter = installation.world.outbox.of_case(reference)[0].letter.id
    return case_pk(reference), letter_sk(letter)


def test_one_case_that_fails_holds_up_no_other(installation: Installation, files: Removals) -> None:
    first, second = (to_erase(installation, key) for key in ("first", "second"))
    files.broken = first
    assert run(installation) == {"erased": [second], "waiting": [first]}


def test_one_case_that_takes_its_run_with_it_holds_up_no_other(
    installation: Installation, files: Removals
) -> None:
    cases = {to_erase(installation, key) for key in ("first", "second")}
    files.deadly = next(installation.world.erasures.waiting(installation.clock.moment))
    attempt(lambda: run(installation))
    assert run(installation) == {"erased": [*cases - {files.deadly}], "waiting": []}


def test_one_that_cannot_be_erased_for_an_hour_is_counted(
    installation: Installation, files: Removals, capfd: pytest.CaptureFixture[str]
) -> None:
    files.broken = to_erase(installation, "late")
    assert run(installation)["waiting"] == [files.broken]
    assert "ErasuresLate" not in capfd.readouterr().out
    installation.clock.moment += timedelta(minutes=61)
    assert run(installation)["waiting"] == [files.broken]
    assert "ErasuresLate" in capfd.readouterr().out


def test_a_mail_that_comes_while_its_case_is_being_erased_goes_too(
    installation: Installation, files: Removals
) -> None:
    reference = to_erase(installation, "meeting")
    late = a_mail(reference, "late", id="1" * 64)
    files.meanwhile = lambda: installation.world.inbound_mail.keep(late)
    assert run(installation)["erased"] == [reference]
    assert {"meeting", "late"} <= files.gone
    assert installation.world.inbound_mail.page("demo", after=None, limit=99) == ([], None)


def test_a_mail_that_joined_months_after_it_came_goes_too(
    installation: Installation, files: Removals
) -> None:
    reference = installation.take("joined")
    mail = a_mail(reference, "old", received_at=MONDAY - timedelta(days=90))
    inbox = installation.world.inbound_mail
    inbox.keep(mail)
    does(installation, reference, ADA, JoinMail(mail=inbox.name_of(mail), text="And the lid."))
    ends(installation, reference)
    run(installation)
    assert "old" in files.gone
    assert inbox.page("demo", after=None, limit=99) == ([], None)


def test_a_mail_to_two_cases_lies_as_it_came_until_both_are_erased(
    installation: Installation, files: Removals
) -> None:
    cases = [installation.take(key) for key in ("one", "other")]
    for place, reference in enumerate(cases):
        installation.world.inbound_mail.keep(a_mail(reference, "both", place=place))
    for reference in cases:
        assert "both" not in files.gone
        ends(installation, reference)
        assert run(installation)["erased"] == [reference]
    assert "both" in files.gone


def test_no_letter_says_any_more_from_which_group_of_networks_its_complaint_came(
    installation: Installation,
) -> None:
    reference = to_erase(installation, "network")
    letter = LetterItem.get(*first_letter(installation, reference))
    told = letter.letter.removesuffix("}") + ',"network":7}'
    letter.update(actions=[LetterItem.letter.set(told)])
    assert installation.world.outbox.of_case(reference)[0].letter.network == 7
    run(installation)
    assert {state.letter.network for state in installation.world.outbox.of_case(reference)} == {None}
