"""Consequences of a change of a setting, shown before it is made: nothing is written."""

from collections.abc import Mapping
from itertools import islice
from typing import TYPE_CHECKING, Any, NamedTuple

from msgspec.structs import replace

from complaints.settings.changes import Change
from complaints.settings.commands import ChangeAutomation, PutCode
from complaints.settings.member_commands import ActivateMember
from complaints.settings.rules import decide, evolve_all
from complaints.values.casework.automation import RuleState, Trigger
from complaints.values.codes import Codes
from complaints.values.errors import Stale
from complaints.values.people import Member
from functions.desk.settings import calendar_dry_run, settings
from functions.desk.settings.calendar_dry_run import Moved
from functions.desk.settings.casework import automation_dry_run
from functions.desk.settings.casework.automation_dry_run import RuleTrial
from functions.desk.settings.settings import SettingsAccess
from functions.desk.settings.touched_cases import OF_CODE, OF_MEMBER, OF_SITE, TouchedCases, counts_of
from functions.http.parsing.query_params import USUAL
from functions.http.parsing.validation import read
from functions.use_cases.cases import handover
from functions.use_cases.cases.due_date_recalculation import batches

if TYPE_CHECKING:
    from complaints.adapters.container import Container


MOST = 20
"""How many cases are named that a member would leave."""


class Consequence(NamedTuple):
    """What is said before: `words` end its msgid; `cases` are those that somebody would leave, `is_more` says
    that there are others; `moved` are the promises, among the first open cases, that would be computed
    otherwise, where it `is_looked_at`; `trial` is what a rule would have done with past cases; `open_cases`
    are how many the change touches, where that is known."""

    words: str
    cases: tuple[str, ...] = ()
    is_more: bool = False
    moved: tuple[Moved, ...] = ()
    is_looked_at: bool = False
    trial: RuleTrial | None = None
    open_cases: TouchedCases | None = None


def consequences_of(
    deps: "Container", at: SettingsAccess, change: type[Change], body: dict[str, Any], version: int
) -> Consequence | None:
    """What follows for people and cases; nothing, where a change has no such consequence. Raises what the
    change itself would."""
    if at.setting.version != version:
        raise Stale(at.setting.version)
    command = read(change, settings.whole(change, at.setting, body))
    context = settings.settings_context(deps, at)
    facts = decide(at.setting, command, context)
    if isinstance(command, ActivateMember):
        return Consequence("activate")
    if isinstance(command, PutCode):
        return _of_code(deps, at, command)
    if isinstance(command, ChangeAutomation):
        if command.state is not RuleState.ON:
            return None
        rule = automation_dry_run.rule_after(at.setting, command, context)
        trial, _ = automation_dry_run.page_of(deps, at.setting.site, rule, at.me, None, USUAL)
        if command.when is Trigger.WAITS:
            return Consequence("waits", trial=trial, open_cases=_touched(deps, at, OF_SITE))
        return Consequence("rule", trial=trial)
    # What an earlier change left unfinished is not for this one to tell.
    at_rest = replace(at.setting, unfinished=None)
    after = evolve_all(at_rest, facts)
    if after.unfinished is None:
        return None
    if isinstance(after.record, Member):
        cases = tuple(islice(handover.to_leave(deps.sites, deps.queues, after.record), MOST + 1))
        return Consequence(
            "left", cases[:MOST], is_more=len(cases) > MOST, open_cases=_touched(deps, at, OF_MEMBER)
        )
    if after.kind not in calendar_dry_run.OF_TIME:
        return Consequence("reckoned", open_cases=_touched(deps, at, OF_SITE))
    return Consequence(
        "reckoned",
        moved=tuple(_moved(deps, at, command)),
        is_looked_at=True,
        open_cases=_touched(deps, at, OF_SITE),
    )


def _of_code(deps: "Container", at: SettingsAccess, command: PutCode) -> Consequence | None:
    """A category that becomes sensitive hides its open cases from whoever is not cleared."""
    codes = at.setting.record if isinstance(at.setting.record, Codes) else Codes()
    before = codes.find(command.list, command.code)
    if before is None or before.sensitive or not command.is_sensitive:
        return None
    chosen = {"list": command.list, "code": command.code}
    return Consequence("sensitive", open_cases=_touched(deps, at, OF_CODE, chosen))


def _touched(
    deps: "Container", at: SettingsAccess, words: str, chosen: Mapping[str, Any] | None = None
) -> TouchedCases | None:
    counts = counts_of(deps, at.setting, chosen)
    return TouchedCases(words, counts[words]) if words in counts else None


def _moved(deps: "Container", at: SettingsAccess, command: Change) -> list[Moved]:
    terms = calendar_dry_run.terms_after(
        deps.sites, at.setting.id, at.setting, command, settings.settings_context(deps, at)
    )
    first = next(batches(deps, at.setting.id, None, USUAL))
    touched = calendar_dry_run.touched(deps, first.references, terms, at.me)
    return [calendar_dry_run.moved_view(each, terms) for each in touched]
