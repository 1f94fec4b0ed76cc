"""Macros on a case: those that somebody may run, each step filled in, and what would become of it.

Who runs a macro sends its steps one by one, like any other command.
"""

from collections.abc import Mapping
from datetime import date, timedelta
from itertools import islice
from typing import Any

from chalice.app import Response
from msgspec import Struct
from msgspec.structs import replace

from complaints.adapters.container import Container
from complaints.case.complaint import Complaint
from complaints.casework.command import StaffCommand
from complaints.casework.workflow.assignment import Assign
from complaints.context.decision_context import Context
from complaints.handling.macros import DayIn, PlannedStep, body_of, plan
from complaints.settings.setting import Setting
from complaints.values.casework.macros import Macro, MacroStep
from complaints.values.errors import NotFound
from functions.http import auth
from functions.http.parsing.validation import read
from functions.http.responses import json_response
from functions.http.visit import Visit
from functions.serializers.field_types import Cursor
from functions.use_cases.cases.case_access import CaseAccess, open_case
from functions.use_cases.cases.case_command import command_context, kind_of
from functions.use_cases.cases.case_texts import CaseTexts


class OfferedStep(Struct, frozen=True, kw_only=True):
    """A command of a macro with its body, filled in for the case: it can be sent as it is."""

    verb: str
    body: dict[str, Any]


class OfferedMacro(Struct, frozen=True, kw_only=True):
    """A macro that somebody may run on a case; `version` is that of its setting."""

    code: str
    title: str
    version: int
    steps: list[OfferedStep]


class OfferedMacros(Struct, frozen=True, kw_only=True):
    """The macros that may be run on a case."""

    items: list[OfferedMacro]
    next: Cursor


def list_macros(visit: Visit, reference: str) -> Response:
    """The macros that somebody may run on a case, by title."""
    at = open_case(visit, reference, "read_case", auth.claims(visit, "read_case"))
    found = macros_of(visit.deps, at, visit.language)
    return json_response(OfferedMacros(items=found, next=None))


def macros_of(deps: Container, at: CaseAccess, language: str) -> list[OfferedMacro]:
    """The macros of the site of a case that are offered to a member, filled in."""
    texts = CaseTexts(deps, at, language)
    terms = deps.sites.terms(at.case.complaint.site)
    tomorrow = terms.today(deps.now()) + timedelta(days=1)
    calendar = terms.calendar(terms.packs[0].id)

    def day_in(days: int) -> date:
        return next(islice(calendar.business_days(tomorrow), days - 1, None))

    found = [
        _filled(at, texts, setting, setting.record, day_in)
        for setting in texts.settings
        if isinstance(setting.record, Macro) and setting.record.is_offered_to(at.by.roles)
    ]
    return sorted(found, key=lambda each: each.title.casefold())


def macro_named(deps: Container, at: CaseAccess, language: str, code: str) -> OfferedMacro:
    """The macro of this code. Raises `NotFound`."""
    for each in macros_of(deps, at, language):
        if each.code == code:
            return each
    raise NotFound


def planned(deps: Container, at: CaseAccess, steps: list[OfferedStep]) -> list[PlannedStep]:
    """What each step would do now, after those before it. Raises `Invalid` for a body that is none."""

    def context_for(complaint: Complaint, command: StaffCommand) -> Context:
        colleague = deps.members.find(command.to) if isinstance(command, Assign) else None
        case = replace(at.case, complaint=complaint)
        return command_context(deps, replace(at, case=case, colleague=colleague), command)

    commands = [read(kind_of(step.verb), step.body) for step in steps]
    return list(plan(at.case.complaint, commands, context_for))


def _filled(at: CaseAccess, texts: CaseTexts, setting: Setting, macro: Macro, day_in: DayIn) -> OfferedMacro:
    return OfferedMacro(
        code=setting.id.removeprefix(f"{setting.site}."),
        title=macro.title,
        version=setting.version,
        steps=[
            OfferedStep(verb=step.verb, body=body_of(step, at.member.id, _words(texts, step), day_in))
            for step in macro.steps
        ],
    )


def _words(texts: CaseTexts, step: MacroStep) -> Mapping[str, str]:
    """The words for the fields of a step; none where a text is offered no more, or says nothing here."""
    known = {each.code: each.text for each in texts.offered(step.verb)} if step.texts else {}
    return {field: known[code] for field, code in step.texts.items() if code in known}
