"""The form of a macro of a site: its steps one after the other, each with what its command asks for.

Steps are added and taken out by buttons of the form, which comes back with all that was typed. Nothing is
stored before the macro is saved.
"""

import secrets
from collections.abc import Iterator, Mapping, Sequence
from datetime import UTC
from typing import Any, NamedTuple

from chalice.app import Response

from complaints.adapters.container import Container
from complaints.handling.macros import MACRO_VERBS
from complaints.handling.staff_commands import STAFF_COMMANDS
from complaints.settings.commands import CHANGE, ChangeMacro
from complaints.settings.rules import action
from complaints.settings.setting import Setting, SettingKind
from complaints.values.casework.macros import MOST_STEPS, Macro
from complaints.values.casework.standard_texts import WRITING_ROLES, StandardText
from complaints.values.errors import Invalid, Refusal, Stale
from functions.desk.case.command_forms.fields import body as command_body
from functions.desk.case.command_forms.macro_inputs import (
    as_typed,
    macro_fields,
    step_inputs,
    with_working_days,
)
from functions.desk.case.wording.event_wording import SiteWording
from functions.desk.session.guard import MOST_FIELDS, desk_page
from functions.desk.session.layout import KEPT_BY_NOBODY, desk_layout
from functions.desk.settings import settings
from functions.desk.settings.page import address_of
from functions.desk.settings.settings import SettingsAccess
from functions.forms.fields import row_name
from functions.forms.inputs import Choice, FormError, Input, wrong_at
from functions.forms.to_json import as_json
from functions.forms.urlencoded import FormData, form_of_request
from functions.http import auth
from functions.http.request import Request
from functions.http.responses import status_of, texts_of
from functions.http.visit import Visit
from functions.rendering.page import link

ADDRESS = "/desk/macros"
ADD, TAKE_OUT, SAVE = "add", "out-", "save"
"""What the buttons of the form ask for; that which takes a step out names its place."""


class StepDraft(NamedTuple):
    """A step as it was typed: its command, and what stands in its inputs by the names of fields."""

    verb: str
    typed: Mapping[str, str]


class MacroDraft(NamedTuple):
    """A macro as it was typed; `version` is the one that was looked at."""

    code: str
    title: str
    roles: Sequence[str]
    retired: bool
    steps: list[StepDraft]
    reason: str
    version: int


@desk_page
def show(visit: Visit) -> Response:
    """The form of a macro: of a new one, unless the address names one of the site."""
    code = visit.request.query.get("code", "")
    at = _at(visit, visit.request, visit.request.query.get("site", ""), code)
    return _page(visit, at, _draft_of(at.setting, code))


@desk_page
def change(visit: Visit) -> Response:
    """Adds a step, takes one out, or saves the macro and leads back to the list."""
    form = form_of_request(visit.request, MOST_FIELDS)
    draft = _typed(form)
    step, site = form.get("step", ""), form.get("site", "")
    if step != SAVE:
        at = _at(visit, visit.request, site, draft.code)
        return _page(visit, at, _with_step(draft, step, form.get("verb", "")))
    sent = as_json(visit.request, CHANGE, _body(draft), form)
    try:
        at = _at(visit, sent, site, draft.code)
        settings.carried_out(visit, at, ChangeMacro, sent.body, draft.version)
    except (Invalid, Stale) as refusal:
        visit.request.note(problem=refusal.code)
        at = _at(visit, visit.request, site, draft.code)
        return _page(visit, at, draft, refusal)
    address = link(visit.deps.settings, "/desk/texts", {"site": at.setting.site})
    return Response(body="", status_code=303, headers=KEPT_BY_NOBODY | {"Location": address})


def _at(visit: Visit, sent: Request, site: str, code: str) -> SettingsAccess:
    """The macro of this code of a site, whether it is there or not, with all texts of the site. Raises
    `Forbidden`, `NotFound`."""
    asked = action(CHANGE, SettingKind.MACRO)
    found = auth.claims(visit, asked)
    name = f"{site}.{code}"
    return settings.settings_access(
        visit._replace(request=sent), found, SettingKind.MACRO, name, asked, changes=True
    )


def _draft_of(setting: Setting, code: str) -> MacroDraft:
    record = setting.record if isinstance(setting.record, Macro) else Macro(title="-", steps=())
    return MacroDraft(
        code=code,
        title=record.title if setting.record else "",
        roles=record.roles,
        retired=record.retired,
        steps=[StepDraft(step.verb, as_typed(step.verb, step.body) | step.texts) for step in record.steps],
        reason="",
        version=setting.version,
    )


def _typed(form: FormData) -> MacroDraft:
    """What was typed; steps are counted from 0."""
    steps: list[StepDraft] = []
    while (verb := form.get(f"{len(steps)}.verb", "")) in MACRO_VERBS and len(steps) < MOST_STEPS:
        start = f"{len(steps)}."
        values = {name.removeprefix(start): value for name, value in form.items() if name.startswith(start)}
        steps.append(StepDraft(verb, values))
    version = form.get("version", "")
    return MacroDraft(
        code=form.get("code", "").strip(),
        title=form.get("title", "").strip(),
        roles=form.getlist("roles"),
        retired="retired" in form,
        steps=steps,
        reason=form.get("reason", "").strip(),
        version=int(version) if version.isascii() and version.isdigit() and len(version) < 9 else 0,
    )


def _with_step(draft: MacroDraft, step: str, verb: str) -> MacroDraft:
    """The draft with a step more, or one less."""
    if step == ADD and verb in MACRO_VERBS and len(draft.steps) < MOST_STEPS:
        return draft._replace(steps=[*draft.steps, StepDraft(verb, {})])
    remaining = [each for place, each in enumerate(draft.steps) if step != f"{TAKE_OUT}{place}"]
    return draft._replace(steps=remaining)


def _body(draft: MacroDraft) -> dict[str, Any]:
    return {
        "title": draft.title,
        "roles": list(draft.roles),
        "retired": draft.retired,
        "reason": draft.reason,
        "steps": [_step_body(step) for step in draft.steps],
    }


def _step_body(step: StepDraft) -> dict[str, Any]:
    texts = STAFF_COMMANDS[step.verb].texts
    names = {field.name for field in macro_fields(step.verb)}
    plain = FormData(
        (name, value) for name, value in step.typed.items() if name in names and name not in texts
    )
    return {
        "verb": step.verb,
        "body": with_working_days(step.verb, command_body(step.verb, plain, UTC)),
        "texts": {name: step.typed[name] for name in texts if step.typed.get(name)},
    }


def _page(
    visit: Visit,
    at: SettingsAccess,
    draft: MacroDraft,
    refusal: Refusal | None = None,
) -> Response:
    site = at.setting.site
    words = SiteWording(visit.deps.catalogues, visit.language, visit.deps.sites.terms(site).site)
    wrong = {
        _input_at(each.pointer): texts_of(visit.deps.catalogues, visit.language, each)
        for each in (refusal.errors if isinstance(refusal, Invalid) else ())
    }
    return desk_layout(
        visit,
        "macro.html",
        at.by,
        at.me,
        address=ADDRESS,
        query={"site": site} | ({"code": draft.code} if at.setting.record else {}),
        place="texts",
        status=status_of(refusal) if refusal else 200,
        errors=list(_errors(visit.deps, visit.language, wrong, refusal)),
        site=site,
        draft=draft,
        is_new=at.setting.record is None,
        history=address_of(SettingKind.MACRO, at.setting.id),
        wrong=wrong,
        steps=[
            (step.verb, list(_inputs(visit.deps, words, at, place, step, wrong)))
            for place, step in enumerate(draft.steps)
        ],
        verbs=MACRO_VERBS if len(draft.steps) < MOST_STEPS else (),
        for_roles=WRITING_ROLES,
        once=secrets.token_urlsafe(12),
    )


def _inputs(
    deps: Container,
    words: SiteWording,
    at: SettingsAccess,
    place: int,
    step: StepDraft,
    wrong: Mapping[str, str],
) -> Iterator[Input]:
    """The inputs of a step, under names of its place."""
    start = f"{place}."
    texts = {
        field: [
            Choice(each.id.removeprefix(f"{each.site}."), each.record.title)
            for each in at.everything
            if isinstance(each.record, StandardText) and each.record.use is use and not each.record.retired
        ]
        for field, use in STAFF_COMMANDS[step.verb].texts.items()
    }
    here = {name.removeprefix(start): value for name, value in wrong.items() if name.startswith(start)}
    members = deps.members.known(deps.now())
    for each in step_inputs(words, step.verb, step.typed, texts, members, here):
        yield each._replace(id=f"{start}{each.name}", name=f"{start}{each.name}")


def _input_at(pointer: str) -> str:
    """The name of the input that a pointer leads to.

    >>> _input_at("/steps/2/body/category"), _input_at("/steps/0/body/remedies/0/by"), _input_at("/title")
    ('2.category', '0.by_1', 'title')
    """
    match pointer[1:].split("/"):
        case ["steps", place, _, _, row, name, *_]:
            return f"{place}.{row_name(name, int(row))}"
        case ["steps", place, _, name, *_]:
            return f"{place}.{name}"
        case ["id"]:
            return "code"
        case [name]:
            return name
    return ""


def _errors(
    deps: Container, language: str, wrong: Mapping[str, str], refusal: Refusal | None
) -> Iterator[FormError]:
    if isinstance(refusal, Stale):
        yield FormError(None, "case.stale")
    for name, value in wrong.items():
        place, _, field = name.rpartition(".")
        label = (
            deps.catalogues.text(language, "standard.macro.step", number=int(place) + 1)
            if place
            else deps.catalogues.text(language, f"standard.macro.field.{field or 'steps'}")
        )
        yield wrong_at(name or None, label, value)
