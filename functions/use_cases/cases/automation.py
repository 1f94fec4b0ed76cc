"""Automation rules on a case: what applies now is applied, and what waits is looked at again in time.

Whoever looks reads the case itself. So it does not matter how often, how late and in which order somebody
says that there is news of it.
"""

from collections.abc import Sequence
from typing import TYPE_CHECKING

from complaints.audit_trail.hash_chain import StoredEntry
from complaints.automation.actions import application, members_named
from complaints.automation.moments import Moment, moments
from complaints.automation.triggers import DueRule, Rule, due, next_wait
from complaints.context.case import Case
from complaints.context.decision_context import Context
from complaints.settings.setting import SettingKind
from complaints.site.site import Site
from complaints.values.casework.standard_texts import StandardText
from complaints.values.errors import Invalid, NotNow, Stale
from complaints.values.people import AUTOMATION

if TYPE_CHECKING:
    from complaints.adapters.container import Container
    from complaints.settings.ports import SettingsReader


NO_THEME = "no-theme"
"""Why a case is not linked to the theme that a rule names."""


def look(
    deps: "Container",
    reference: str,
    site: str,
    entries: Sequence[StoredEntry] = (),
    *,
    is_awaited: bool = False,
) -> None:
    """Applies the rules of a site that apply to a case now; with `is_awaited` one of them waited until now.

    `entries` are those of the case where they are known already. A site without rules costs nothing but to
    know that. Raises `Unavailable`.
    """
    rules = deps.automations.of(site)
    if not rules:
        if is_awaited:
            deps.automations.looked(reference)
        return
    found = list(moments(reference, entries)) if entries else _moments_of(deps, reference)
    applying = list(due(rules, found, deps.now()))
    if applying and not _are_applied(deps, applying, found):
        # Somebody was faster: there is news of it, which is looked at, too.
        return
    _wait(deps, rules, _moments_of(deps, reference) if applying else found, is_awaited=is_awaited)


def question_of(settings_store: "SettingsReader", site: str, rule: Rule) -> StandardText | None:
    """The standard text that a rule asks with, if it asks."""
    if rule.record.ask is None:
        return None
    record = settings_store.load(SettingKind.STANDARD_TEXT, f"{site}.{rule.record.ask}").record
    return record if isinstance(record, StandardText) else None


def _moments_of(deps: "Container", reference: str) -> list[Moment]:
    return list(moments(reference, deps.cases.entries(reference)))


def _are_applied(deps: "Container", applying: Sequence[DueRule], found: Sequence[Moment]) -> bool:
    """Whether each was applied to the case that was looked at, and to nothing that came after it."""
    case = deps.cases.load(found[-1].complaint.reference)
    if case is None:
        return False
    for each in applying:
        try:
            case = _applied(deps, each, case, found)
        except Stale:
            return False
        found = _moments_of(deps, case.complaint.reference)
    return True


def _applied(deps: "Container", due: DueRule, case: Case, found: Sequence[Moment]) -> Case:
    """The case after one rule. Raises `Stale` where a person changed it meanwhile."""
    last, now = found[-1], deps.now()
    terms = deps.sites.terms(last.complaint.site)
    theme = due.rule.record.theme
    named = [deps.members.find(name) for name in sorted(members_named(due.rule.record))]
    command = application(
        due,
        last,
        site=terms.site,
        today=terms.today(now),
        question=question_of(deps.settings_store, terms.site.key, due.rule),
        # First: a case that is linked twice is linked once, and one that is applied is not looked at again.
        unlinked=_not_linked(deps, terms.site, theme, last.complaint.reference) if theme else None,
    )
    context = Context(
        now=now, by=AUTOMATION, terms=terms, members=tuple(member for member in named if member)
    )
    return deps.casework.carry_out(case, command, context, expected=last.complaint.version)


def _not_linked(deps: "Container", site: Site, theme: str, reference: str) -> str | None:
    """Links a case to a theme of its site; why not, where there is none, or it is closed or full.

    Raises `Unavailable`.
    """
    # Imported lazily: few rules name a theme.
    from complaints.management.declaration import RecordsContext
    from complaints.management.improvement.themes import LinkCases
    from complaints.management.record import RecordKind

    now = deps.now()
    context = RecordsContext(now=now, today=deps.sites.terms(site.key).today(now), by=AUTOMATION, site=site)
    record = deps.management_records.load(RecordKind.THEME, f"{site.key}.{theme}")
    try:
        deps.records_service.carry_out(record, LinkCases(cases=(reference,)), context)
    except (Invalid, NotNow):
        return NO_THEME
    return None


def _wait(deps: "Container", rules: Sequence[Rule], found: Sequence[Moment], *, is_awaited: bool) -> None:
    reference = found[-1].complaint.reference
    until = next_wait(rules, found, deps.now())
    if until:
        deps.automations.look_at(reference, until)
    elif is_awaited:
        deps.automations.looked(reference)
