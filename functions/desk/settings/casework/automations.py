"""The automation rules of a site, for those who keep them in order, with how often each was applied."""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from datetime import timedelta
from typing import NamedTuple

from chalice.app import Response
from msgspec import Struct

from complaints.reporting.metrics.measures import REFUSED, RULE, Measure
from complaints.settings.setting import Setting
from complaints.values.casework.automation import Automation, RuleState, Trigger
from complaints.values.people import Actor, Member
from functions.desk.settings.casework.standard_texts import my_site
from functions.desk.settings.settings import READING
from functions.http import auth
from functions.http.responses import json_response
from functions.http.visit import Visit
from functions.serializers.field_types import Cursor

PERIOD = timedelta(days=89)
"""Before today: applications of ninety days are counted."""


class RefusedAction(Struct, frozen=True, kw_only=True):
    """How often an action of a rule was not applied, and why: `verb` is its command, `why` the code of the
    refusal."""

    verb: str
    why: str
    times: int


class AutomationLine(Struct, frozen=True, kw_only=True):
    """An automation rule in a list; `id` names its setting. It was `applied` so often in the last 90 days;
    `refused` are its actions that cases did not take."""

    id: str
    code: str
    title: str
    when: Trigger
    actions: tuple[str, ...]
    position: int
    state: RuleState
    version: int
    applied: int
    refused: list[RefusedAction]


class AutomationList(Struct, frozen=True, kw_only=True):
    """The automation rules of a site in their order, those that are off last."""

    items: list[AutomationLine]
    next: Cursor


class KnownAutomations(NamedTuple):
    """Who asks, and the rules of one of the sites that this person serves."""

    by: Actor
    me: Member
    site: str
    rules: list[AutomationLine]


def list_automations(visit: Visit) -> Response:
    """The automation rules of a site."""
    return json_response(AutomationList(items=known_automations(visit).rules, next=None))


def known_automations(visit: Visit) -> KnownAutomations:
    """The rules of the site that the address names, else of my first. Raises `Forbidden`, `Invalid`."""
    by, me = auth.member_who_may(visit, READING)
    site = my_site(visit.request, me)
    today = visit.deps.sites.terms(site).today(visit.deps.now())
    counts: Counter[str] = Counter()
    for key, number in visit.deps.counters.between(site, today - PERIOD, today).items():
        if key.measure is Measure.AUTOMATIONS:
            counts[key.value] += number
    lines = _lines(visit.deps.settings_store.automations_of(site), counts)
    return KnownAutomations(by, me, site, sorted(lines, key=_in_order))


def _in_order(line: AutomationLine) -> tuple[bool, int, str]:
    return line.state is not RuleState.ON, line.position, line.code


def _lines(settings: Iterable[Setting], counts: Mapping[str, int]) -> Iterator[AutomationLine]:
    for setting in settings:
        record, code = setting.record, setting.id.partition(".")[2]
        if not isinstance(record, Automation) or record.state is RuleState.REMOVED:
            continue
        yield AutomationLine(
            id=setting.id,
            code=code,
            title=record.title,
            when=record.when,
            actions=record.actions,
            position=record.position,
            state=record.state,
            version=setting.version,
            applied=counts.get(f"{RULE}:{code}", 0),
            refused=list(_refused(code, counts)),
        )


def _refused(code: str, counts: Mapping[str, int]) -> Iterator[RefusedAction]:
    for value, times in sorted(counts.items()):
        kind, rule, verb, why = (*value.split(":"), "", "")[:4]
        if kind == REFUSED and rule == code and times:
            yield RefusedAction(verb=verb, why=why, times=times)
