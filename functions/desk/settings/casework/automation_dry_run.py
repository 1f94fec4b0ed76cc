"""What an automation rule would have done with past cases: tried page by page, and nothing is written.

Cases in work come first, then those that ended last. A page costs two reads for each case.
"""

from collections import Counter
from collections.abc import Iterable

from chalice.app import Response
from msgspec import Struct
from msgspec.structs import asdict

from complaints.adapters.container import Container
from complaints.automation.actions import members_named
from complaints.automation.moments import moments
from complaints.automation.trial import TrialContext, would_apply
from complaints.automation.triggers import Rule
from complaints.case.workflow.automation import AutomationApplied
from complaints.reporting.list_rows import QueueEntry
from complaints.settings.commands import ChangeAutomation
from complaints.settings.rules import decide
from complaints.settings.setting import Setting, SettingKind
from complaints.settings.settings_context import SettingsContext
from complaints.values.casework.automation import Automation
from complaints.values.people import Member
from functions.desk.settings.casework.automations import RefusedAction
from functions.desk.settings.dry_run_change import begin, command_of
from functions.http import auth, cursors
from functions.http.parsing.query_params import limit_of
from functions.http.responses import json_response
from functions.http.visit import Visit
from functions.serializers.field_types import Cursor, Reference
from functions.use_cases.cases.automation import question_of
from functions.use_cases.cases.iterate_cases import case_batches


class TriedCase(Struct, frozen=True, kw_only=True):
    """A case that a rule would have changed: how many `times`, and what it would have `done`, by the verbs of
    the commands."""

    reference: Reference
    times: int
    done: tuple[str, ...]
    refused: list[RefusedAction]


class RuleTrial(Struct, frozen=True, kw_only=True):
    """A page of the cases that a rule would have changed, as far as they may be seen.

    `counts` are those of all `cases` that were looked at, of those that would have been `changed`, and of
    those in which something would have been `refused`.
    """

    items: list[TriedCase]
    counts: dict[str, int]
    next: Cursor


def dry_run(visit: Visit, name: str) -> Response:
    """One page of past cases that the rule would have changed; the body is that of its change."""
    kinds = (SettingKind.AUTOMATION,)
    at, change, body, context = begin(visit, SettingKind.AUTOMATION, name, kinds)
    command = command_of(change, at.setting, body)
    assert isinstance(command, ChangeAutomation)
    rule = rule_after(at.setting, command, context)
    listed = "|".join((at.me.id, "dry-run", SettingKind.AUTOMATION, name))
    place = cursors.read_cursor(visit.deps, visit.request.query.get("cursor"), listed)
    found, place = page_of(visit.deps, at.setting.site, rule, at.me, place, limit_of(visit.request.query))
    following = cursors.make_cursor(visit.deps.secrets, visit.deps.now(), place, listed) if place else None
    return json_response(RuleTrial(items=found.items, counts=found.counts, next=following))


def rule_after(setting: Setting, command: ChangeAutomation, context: SettingsContext) -> Rule:
    """The rule as it would be. Raises what the change itself would."""
    decide(setting, command, context)
    said = {name: each for name, each in asdict(command).items() if name != "reason"}
    code = setting.id.removeprefix(f"{setting.site}.")
    return Rule(code=code, version=setting.version + 1, record=Automation(**said))


def page_of(
    deps: Container, site: str, rule: Rule, me: Member, place: str | None, size: int
) -> tuple[RuleTrial, str | None]:
    """A page of the trial without its cursor, and the place after it."""
    listed_cases, up_to = _next_cases(deps, site, place, size)
    named = [deps.members.find(name) for name in sorted(members_named(rule.record))]
    context = TrialContext(
        terms=deps.sites.terms(site),
        members=tuple(member for member in named if member),
        question=question_of(deps.settings_store, site, rule),
        now=deps.now(),
    )
    items, counts = [], Counter(cases=len(listed_cases))
    for listed in listed_cases:
        reference = listed.row.reference
        past = list(moments(reference, deps.cases.entries(reference)))
        applied = would_apply(rule, past, context) if past else ()
        if not applied:
            continue
        refused = [action for fact in applied for action in fact.refused]
        counts.update(changed=any(fact.done for fact in applied), refused=bool(refused))
        if auth.sees(deps.sites, me, past[-1].complaint):
            items.append(_item(reference, applied, refused))
    whole = {name: counts[name] for name in ("cases", "changed", "refused")}
    return RuleTrial(items=items, counts=whole, next=None), up_to


def _next_cases(
    deps: Container, site: str, place: str | None, size: int
) -> tuple[list[QueueEntry], str | None]:
    """The next cases over the ends of queues, `size` of them or half as many again at most, and the place
    after them."""
    found: list[QueueEntry] = []
    for batch in case_batches(deps, site, place, size):
        found += batch.items
        if 2 * len(found) >= size or batch.up_to is None:
            return found, batch.up_to
    return found, None


def _item(
    reference: str, applied: tuple[AutomationApplied, ...], refused: Iterable[tuple[str, str]]
) -> TriedCase:
    times = Counter(refused)
    return TriedCase(
        reference=reference,
        times=len(applied),
        done=tuple(dict.fromkeys(verb for fact in applied for verb in fact.done)),
        refused=[RefusedAction(verb=verb, why=why, times=n) for (verb, why), n in times.items()],
    )
