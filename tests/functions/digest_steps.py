"""Steps of stories about digests: a member who wishes for one, cases that fall due, and time that passes."""

from datetime import datetime
from typing import Any

from msgspec.structs import replace

from complaints.adapters.container import container
from complaints.adapters.dynamodb.case_items import to_head
from complaints.adapters.dynamodb.models import Item, LetterItem
from complaints.case.correspondence.letter import LetterKind
from complaints.casework.outcome.classification import Classify
from complaints.casework.process.closing import Withdraw
from complaints.context.decision_context import Context
from complaints.delivery.delivery_state import DeliveryState
from complaints.settings.member_commands import (
    ChangeMember,
)
from complaints.settings.setting import SettingKind
from complaints.values.people import COMPLAINANT, Role
from functions.workers.letters import outbox
from infrastructure.local.seed import surroundings
from tests.builders import ADA, RESPOND
from tests.installation import Installation

DENIZ = "deniz@staff.example"


def wishes(
    installation: Installation, name: str = "Deniz", *, digest: bool = True, email: str = DENIZ
) -> None:
    """A member wants a digest, or single mails again."""
    setting = installation.world.settings_store.load(SettingKind.MEMBER, name)
    change = ChangeMember(
        name=name, email=email, roles=(Role.AGENT,), sites=("demo",), digest=digest, reason="Asked for."
    )
    installation.world.settings_service.carry_out(setting, change, surroundings(installation.world))


def settle(installation: Installation) -> None:
    """Delivers all letters that are wanted, as the stream does."""
    expected = LetterItem.state == "wanted"
    for item in list(Item.scan(expected, consistent_read=True)):
        outbox.deliver(container(), item.pk.partition("#")[2], item.sk.partition("#")[2])


def deliver_notice(installation: Installation, reference: str) -> None:
    """Delivers the notice of one case."""
    (notice,) = _notices(installation, [reference])
    outbox.deliver(container(), reference, notice.letter.id)


def pass_time(installation: Installation, until: datetime, *, settles: bool = True) -> None:
    """Goes on to a moment, and does what is due then."""
    installation.run_schedule(until - installation.clock.moment)
    if settles:
        settle(installation)


def take(
    installation: Installation, key: str, clock: str = RESPOND, *, owner: str = "Deniz", **changed: Any
) -> str:
    """A case of the owner's, acknowledged, as if this were all that is promised."""
    name = installation.take(key, owner)
    stored = installation.complaint(name).clock(clock)
    settle(installation)
    case = installation.world.cases.load(name)
    assert case is not None
    to_head(replace(case, complaint=replace(case.complaint, clocks=(stored,), **changed))).save()
    return name


def reminded(installation: Installation, *keys: str, owner: str = "Deniz", settles: bool = True) -> list[str]:
    """Such cases, whose reminder has come."""
    cases = [take(installation, key, owner=owner) for key in keys]
    pass_time(installation, installation.complaint(cases[0]).clock(RESPOND).rungs[0].at, settles=settles)
    return cases


def withdraw(installation: Installation, reference: str) -> None:
    """The complainant takes the complaint back."""
    case = installation.world.cases.load(reference)
    assert case is not None
    terms = installation.world.sites.terms("demo")
    context = Context(now=installation.clock.moment, by=COMPLAINANT, terms=terms)
    installation.world.casework.carry_out(case, Withdraw(), context)


def endanger(installation: Installation, reference: str) -> None:
    """Staff say that the case is about an unsafe product; its alarms are delivered."""
    case = installation.world.cases.load(reference)
    assert case is not None
    terms = installation.world.sites.terms("demo")
    context = Context(now=installation.clock.moment, by=ADA, terms=terms)
    installation.world.casework.carry_out(case, Classify(category="product.unsafe"), context)
    settle(installation)


def opens_next(installation: Installation) -> datetime:
    """When the next day's work begins at the demo site."""
    calendar = installation.world.sites.terms("demo").calendar("iso10002-default")
    day = calendar.business_day_after(calendar.date_of(installation.clock.moment))
    return calendar.spans(day)[0][0]


def states(installation: Installation, references: list[str]) -> list[str]:
    """What became of the notices of these cases."""
    return [each.state for each in _notices(installation, references)]


def _notices(installation: Installation, references: list[str]) -> list[DeliveryState]:
    deliveries = [each for name in references for each in installation.world.outbox.of_case(name)]
    return [each for each in deliveries if each.letter.kind is LetterKind.ESCALATION]


def doubtful(installation: Installation, references: list[str]) -> list[bool]:
    """Of each notice that was sent, whether it may have been told twice."""
    found = []
    for name in references:
        for entry in installation.world.cases.entries(name):
            found += [b'"doubtful":true' in entry.data] if b'"kind":"escalation"' in entry.data else []
    return found
