"""Handles a change of a setting that a form sends: made, confirmed with its consequences, or refused."""

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, NamedTuple

import msgspec
from chalice.app import Response

from complaints.adapters.container import Container
from complaints.case.correspondence.letterhead import Letterhead
from complaints.context.ports import Claims
from complaints.settings.changes import ADDED_BY, Change
from complaints.settings.commands import PutWording
from complaints.settings.rules import action
from complaints.settings.setting import MANY_OF_A_SITE, SettingKind
from complaints.settings.site.wordings import letter_of
from complaints.values.errors import Invalid, NotFound, NotNow, NotYourSite, Refusal, Stale, Wrong
from functions.desk.session.guard import MOST_FIELDS, desk_page
from functions.desk.session.layout import KEPT_BY_NOBODY, desk_layout
from functions.desk.settings import letter_preview, settings
from functions.desk.settings.change_forms.forms import (
    NAME,
    PART,
    REASON,
    body,
    errors_in,
    input_id,
    label_of,
    names_sent,
)
from functions.desk.settings.change_forms.short_names import (
    CHOSEN,
    CODE,
    NAMED_BY_A_FIELD,
    is_taken,
    of_new,
    with_code,
)
from functions.desk.settings.change_impact import Consequence, consequences_of
from functions.desk.settings.dry_run_change import command_of
from functions.desk.settings.letter_preview import Preview
from functions.desk.settings.overview import beginning
from functions.desk.settings.page import address_of, called, new_setting_page, place_of, setting_page, zone_at
from functions.desk.settings.settings import SettingsAccess
from functions.forms.inputs import FailedForm, FormError, wrong_at
from functions.forms.to_json import as_json
from functions.forms.urlencoded import FormData, form_of_request
from functions.http import auth, idempotency
from functions.http.parsing.validation import read
from functions.http.request import Request
from functions.http.responses import status_of
from functions.http.visit import Visit
from functions.rendering.page import link
from functions.serializers.desk.automation import reason
from functions.use_cases.cases.letter_preview import as_part_of_a_page

if TYPE_CHECKING:
    from complaints.adapters.container import Catalogues


BESIDE = ("version", "once", PART, CHOSEN)
"""What stands in forms beside the fields: what was looked at, which form it is, so that it is taken once,
which part of the change it asks for, and of which of many it was filled."""

DO, BACK, LOOK = "do", "back", "look"
"""What the buttons of the page of consequences ask for: make the change, or change it first; and what that
of a form does: show a letter as it would be."""


class ChangeRequest(NamedTuple):
    """What a form asks for: `change` of the setting with this `name`, which it adds if it `is_new`."""

    change: type[Change]
    name: str
    typed: FormData
    request: Request
    found: Claims
    is_new: bool


@desk_page
def change(visit: Visit, kind: str, name: str, verb: str) -> Response:
    """Makes the change that a form asks for, and leads back to the page of the setting."""
    return _answered(visit, _asked(visit, settings.change_called(kind, verb), name))


@desk_page
def add(visit: Visit, kind: str) -> Response:
    """Adds a site, a member or a pack, and leads to its page."""
    at = beginning(visit, kind)
    change = settings.change_called(kind, ADDED_BY[at.setting.kind])
    asked = _asked(visit, change, None)
    if at.setting.kind in MANY_OF_A_SITE and asked.name:
        asked = asked._replace(name=f"{at.setting.site}.{asked.name}")
    return _answered(visit, asked)


def _asked(visit: Visit, change: type[Change], name: str | None) -> ChangeRequest:
    """Without a `name` the form says the one of what is added."""
    found = auth.claims(visit, action(change.verb, change.kind))
    typed = form_of_request(visit.request, MOST_FIELDS)
    if name is not None:
        typed = with_code(visit.deps, change, name, typed)
    content = as_json(visit.request, change.verb, body(change, typed), typed)
    # An invitation is called as the form is: sent twice, it is one.
    called_by = "once" if change.kind is SettingKind.INVITATION else NAME.name
    return ChangeRequest(
        change, name or _new_name(change, called_by, typed), typed, content, found, is_new=name is None
    )


def _new_name(change: type[Change], called_by: str, typed: FormData) -> str:
    return typed.get(called_by, "").strip() or of_new(change.kind, typed)


def _answered(visit: Visit, asked: ChangeRequest) -> Response:
    version, body = asked.request.version(), asked.request.body
    step = asked.typed.getlist("step")
    if BACK in step:
        return _again(visit, asked, {})
    try:
        at = _at(visit, asked)
        if LOOK in step:
            letter = _letter(visit.deps, at, asked, body)
            look = _look(asked.change, body)
            return _ask(visit, at, asked, Consequence("letter"), letter, look)
        if DO not in step and not idempotency.is_replay(at.guard, at.used):
            follows = consequences_of(visit.deps, at, asked.change, body, version)
            if follows:
                return _ask(visit, at, asked, follows)
        settings.carried_out(visit, at, asked.change, body, version)
    except (Invalid, NotNow, NotYourSite, Stale) as refusal:
        return _refused(visit, asked, refusal)
    address = link(
        visit.deps.settings, address_of(asked.change.kind, asked.name), {"done": asked.change.verb}
    )
    return Response(body="", status_code=303, headers=KEPT_BY_NOBODY | {"Location": address})


def _at(visit: Visit, asked: ChangeRequest) -> SettingsAccess:
    """Raises `Invalid` for what is added without a name, or with one that is taken, as a code may be."""
    change, name = asked.change, asked.name
    if asked.is_new and not settings.NAME.fullmatch(name):
        raise _unnamed(asked)
    permission = action(change.verb, change.kind)
    at = settings.settings_access(
        visit._replace(request=asked.request), asked.found, change.kind, name, permission, changes=True
    )
    if asked.is_new and at.setting.record and at.used is None:
        raise Invalid(Wrong(NAME.pointer, "twice"))
    if at.used is None and is_taken(at.setting, change, asked.typed):
        raise Invalid(Wrong(f"/{CODE}", "code-taken"))
    return at


def _unnamed(asked: ChangeRequest) -> Invalid:
    """What is wrong with the name of what is added, and with all else: where a name is made of a field, it is
    that field which is missing."""
    wrong = Wrong(NAME.pointer, "wrong-form" if asked.name else "missing")
    try:
        read(asked.change, asked.request.body)
    except Invalid as beside:
        is_made = not asked.name and asked.change.kind in NAMED_BY_A_FIELD
        return beside if is_made else Invalid(wrong, *beside.errors)
    return Invalid(wrong)


def _letter(deps: Container, at: SettingsAccess, asked: ChangeRequest, body: dict[str, Any]) -> Preview:
    """The letter that is asked for, with the words that were typed. Raises `NotFound`, `Invalid`."""
    if at.setting.kind not in letter_preview.OF_WORDS:
        raise NotFound
    values = {name: asked.typed.get(name, "") for name in letter_preview.PreviewRequest.__struct_fields__}
    if asked.change is PutWording:
        values["letter"] = letter_of(asked.typed.get("place", ""))
    permission = read(letter_preview.PreviewRequest, values)
    tried = {name: each for name, each in body.items() if name != REASON}
    command = command_of(asked.change, at.setting, tried)
    return letter_preview.letter_with(
        deps, permission, at.setting, command, settings.settings_context(deps, at)
    )


def _look(change: type[Change], body: dict[str, Any]) -> Letterhead | None:
    """The colours and the logo that a form asks for, if it asks for any."""
    return msgspec.convert(body["letterhead"], Letterhead) if body.get("letterhead") else None


def _ask(
    visit: Visit,
    at: SettingsAccess,
    asked: ChangeRequest,
    follows: Consequence,
    letter: Preview | None = None,
    look: Letterhead | None = None,
) -> Response:
    """What follows from it, before it is made; a `letter` with the `look` that it asks for."""
    kind = asked.change.kind
    return desk_layout(
        visit,
        "setting-sure.html",
        at.by,
        at.me,
        address=address_of(kind, asked.name),
        place=place_of(kind),
        zone=zone_at(visit.deps.sites, at.setting),
        verb=asked.change.verb,
        called=called(at.setting),
        letterhead=look,
        picture=look.logo if look else None,
        follows=follows,
        reason=reason,
        letter=letter,
        letter_body=as_part_of_a_page(letter.html) if letter else None,
        at_address=address_of(kind, asked.name),
        fields=_sent(asked),
    )


def _sent(asked: ChangeRequest) -> list[tuple[str, str]]:
    """All that the form sent, for one that asks the same once more."""
    names = (*BESIDE, *names_sent(asked.change, asked.typed))
    return [(name, value) for name in names for value in asked.typed.getlist(name)]


def _refused(visit: Visit, asked: ChangeRequest, refusal: Refusal) -> Response:
    visit.request.note(problem=refusal.code)
    wrong = errors_in(visit.deps.catalogues, visit.language, asked.change, refusal, asked.typed)
    if isinstance(refusal, NotNow):
        wrong = {"": visit.deps.catalogues.text(visit.language, f"api.rule.{refusal.rule}")}
    if isinstance(refusal, NotYourSite):
        wrong = {"": visit.deps.catalogues.text(visit.language, f"api.problem.{refusal.code}.detail")}
    return _again(visit, asked, wrong, refusal)


def _again(
    visit: Visit,
    asked: ChangeRequest,
    wrong: Mapping[str, str],
    refusal: Refusal | None = None,
) -> Response:
    """The page again with all that was typed, as the setting is now, and what is wrong."""
    status = status_of(refusal) if refusal else 200
    errors = [
        _error(visit.deps.catalogues, visit.language, asked, name, what) for name, what in wrong.items()
    ]
    failed = FailedForm(asked.change.verb, asked.typed, wrong, asked.request.version())
    if asked.is_new:
        return new_setting_page(
            visit,
            beginning(visit, asked.change.kind),
            status=status,
            failed=failed,
            errors=errors,
        )
    if isinstance(refusal, Stale):
        errors = [FormError(None, "case.stale"), *errors]
    at = settings.looked_up(visit, asked.change.kind, asked.name)
    return setting_page(visit, at, status=status, failed=failed, errors=errors)


def _error(catalogues: "Catalogues", language: str, asked: ChangeRequest, name: str, what: str) -> FormError:
    change = asked.change
    if not name:
        return wrong_at(None, catalogues.text(language, f"office.do.{change.verb}"), what)
    is_short_name = name == NAME.name and change.kind in NAMED_BY_A_FIELD
    label = (
        catalogues.text(language, "standard.id")
        if is_short_name
        else label_of(catalogues, language, change, name)
    )
    return wrong_at(input_id(change.verb, asked.typed.get(PART, ""), name), label, what)
