"""S44, S45: a merge that is cut off at any AWS call has happened or has not, and its repetition ends well."""

from collections.abc import Iterator, Mapping
from itertools import count

import pytest

from complaints.adapters.container import container
from complaints.case.record.attachments import FileType
from complaints.casework.command import Command
from complaints.casework.correspondence.messages import Add, Message
from complaints.casework.record.attachments import Arrive, Attach
from complaints.context.decision_context import Context
from complaints.context.ports import MailSender
from complaints.handling import verify_chain
from complaints.handling.service import Submission
from complaints.values.people import COMPLAINANT, Actor
from functions.http.auth import OpenedCase, whole
from functions.public.own_case import complainant
from functions.workers.letters import outbox
from tests.builders import ADA, MONDAY, receive
from tests.faults.fault_process import Anybody, Asked, ask, ask_and_meet
from tests.installation import Installation, opened

KILLED = -9


class Postbox(MailSender):
    """Takes every letter; `sent` names those that it took."""

    def __init__(self) -> None:
        self.sent: list[str] = []

    def send(self, message: bytes, *, sender: str, to: str, tags: Mapping[str, str]) -> str:
        self.sent.append(tags["letter"])
        return f"mail-{len(self.sent)}"


class Twins:
    """Two complaints of one person, each with a message of either side, a file and letters on their way."""

    def __init__(self, installation: Installation, table: str, name: str, post: Postbox) -> None:
        self.installation, self.table, self.name, self.post = installation, table, name, post
        self.source, self.target = (self._taken(f"{name}-{which}") for which in ("newer", "older"))
        version = installation.complaint(self.source).version
        body = {"into": self.target, "reason": "The same parcel."}
        self.merge = Asked("Deniz", self.source, "merge", body, version, name)

    def meets(self, fault: str) -> int:
        return ask_and_meet(fault, self.merge, self.table)

    def is_merged(self) -> bool:
        """Whether it has happened: it has in both cases, or in neither."""
        into = self.installation.complaint(self.source).merged_into
        parts = self.installation.complaint(self.target).parts
        assert (into, parts) in ((None, ()), (self.target, (self.source,)))
        return into is not None

    def check(self) -> None:
        """Everything of both is there, once, whichever link is opened."""
        for asked in (self.source, self.target):
            case = self.installation.world.cases.load(asked)
            assert case is not None
            view = complainant.public_view(
                container(), OpenedCase(whole(container().cases, case), asked), case.complaint.language
            )
            expected = {f"{who} {name}" for who in ("Mine", "Ours") for name in (self.source, self.target)}
            assert sorted(message.text for message in view.messages) == sorted(expected)
            assert sorted(file.name for file in view.attachments) == sorted((self.source, self.target))
            entries = self.installation.world.cases.entries(asked)
            assert list(verify_chain.flaws(case.complaint, entries)) == []
        self._check_letters()

    def _check_letters(self) -> None:
        """Two of each case and one of the merge, which leave once however often they are taken up."""
        before = len(self.post.sent)
        for _ in range(2):
            for reference in (self.source, self.target):
                for state in self.installation.world.outbox.of_case(reference):
                    outbox.deliver(container(), reference, state.letter.id)
        assert len(self.post.sent) - before == 5

    def _taken(self, key: str) -> str:
        world = self.installation.world
        context = Context(now=MONDAY, by=COMPLAINANT, terms=world.sites.terms("demo"))
        taken = world.casework.receive(
            receive(email=f"{self.name}@example.org"), context, Submission(site="demo", key=key, body="b")
        )
        name = taken.case.complaint.reference
        self._does(name, COMPLAINANT, Add(text=f"Mine {name}"))
        self._does(name, ADA, Message(text=f"Ours {name}"))
        self._does(name, COMPLAINANT, Attach(id=f"f-{name}", name=name, type=FileType.PNG, size=9))
        self._does(name, COMPLAINANT, Arrive(id=f"f-{name}", digest="00"))
        return name

    def _does(self, reference: str, by: Actor, command: Command) -> None:
        world = self.installation.world
        case = world.cases.load(reference)
        assert case is not None
        world.casework.carry_out(case, command, Context(now=MONDAY, by=by, terms=world.sites.terms("demo")))


@pytest.fixture
def post() -> Postbox:
    return Postbox()


@pytest.fixture
def installation(table: str, post: Postbox) -> Iterator[Installation]:
    with opened(table, provider=Anybody(), mail_sender=post) as installation:
        yield installation


@pytest.mark.parametrize("kind", ["kill-before", "kill-after"])
def test_a_merge_keeps_every_message(
    installation: Installation, table: str, post: Postbox, kind: str
) -> None:
    """Killed at each of its calls in turn, until there is no call left, and then asked for again.

    Threat 44.
    """
    done = []
    for place in count(1):
        twins = Twins(installation, table, f"{kind}-{place}", post)
        ended = twins.meets(f"*:*:{place}:{kind}")
        done.append(twins.is_merged())
        assert ask(twins.merge) == 200
        twins.check()
        if ended != KILLED:
            assert ended == 0
            break
    deaths = done[:-1]
    assert len(deaths) > 3
    assert deaths == [False] * (len(deaths) - 1) + [kind == "kill-after"]


@pytest.mark.parametrize("kind", ["throttle", "error500", "timeout-after"])
def test_a_merge_with_trouble_at_one_call_is_made_once(
    installation: Installation, table: str, post: Postbox, kind: str
) -> None:
    for place in (1, 2, 3, 4, 5, 6, 7, 8):
        twins = Twins(installation, table, f"{kind}-{place}", post)
        assert twins.meets(f"*:*:{place}:{kind}") == 0
        assert twins.is_merged()
        twins.check()
