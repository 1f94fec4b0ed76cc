"""The page of one setting: as it stands, what it went through, and the changes that somebody may make."""

import secrets
from collections.abc import Iterable, Mapping, Sequence
from typing import TYPE_CHECKING, Any
from urllib.parse import quote

import msgspec
from chalice.app import Response

from complaints.letters.content.examples import KINDS
from complaints.settings.changes import CHANGES
from complaints.settings.commands import (
    CHANGE,
    MapReturn,
    PutChecklist,
    PutCode,
    PutEnclosure,
    PutField,
    PutWording,
)
from complaints.settings.rules import allowed
from complaints.settings.setting import MANY_OF_A_SITE, OF_A_SITE, OF_ALL, Setting, SettingKind
from complaints.site.site import Texts
from complaints.values.casework.automation import USUAL_POSITION, RuleState, Trigger
from complaints.values.casework.standard_texts import PLACEHOLDERS
from complaints.values.codes import CodeList
from functions.desk.session.layout import desk_layout
from functions.desk.settings import settings, settings_serializer
from functions.desk.settings.change_forms import entry_forms
from functions.desk.settings.change_forms.change_options import change_options, codes_of, site_of
from functions.desk.settings.change_forms.forms import (
    ChangeForm,
    fields_of_change,
    form_of,
    own_name,
    parts_of,
    spread,
)
from functions.desk.settings.change_forms.labels import Row, by_part, history_of, rows_of
from functions.desk.settings.settings import OF_PEOPLE, SettingsAccess
from functions.desk.settings.touched_cases import touched_cases
from functions.forms.inputs import FailedForm, FormError
from functions.http.visit import Visit
from functions.rendering.page import with_picture
from functions.serializers.labels import label

if TYPE_CHECKING:
    from complaints.adapters.container import Catalogues, Container
    from complaints.context.stores import Sites
    from complaints.reporting.regulators.return_format import RegulatorReturn


ADDRESS = "/desk/settings"
NEW = f"{ADDRESS}/new"
AUTOMATIONS = "/desk/automations"


FIRST: Mapping[SettingKind, Mapping[str, Any]] = {
    SettingKind.AUTOMATION: {"when": Trigger.RECEIVED, "state": RuleState.OFF, "position": USUAL_POSITION}
}
"""What stands in the form of something new."""

OF_ONE = (PutCode.verb, PutField.verb, PutChecklist.verb, PutWording.verb)
"""The changes of one of many, which an address may name."""

HELPED = (
    "site.hours", "site.decisions", "site.competence", "codes.put", "packs.change",
)  # fmt: skip
"""The forms that say what their words mean: what is hard to understand without it."""

WITH_LETTER = ("letterhead", PutWording.verb)
"""The forms beside which a letter can be looked at."""

OWN_PAGES = (PutEnclosure.verb, MapReturn.verb)
"""The changes that have a page of their own: a file is uploaded there, a return's codes stand in tables."""

OF_MANY = (SettingKind.CODES, SettingKind.FIELDS, SettingKind.CALENDAR)
"""The settings of which one at a time is changed by a form, and all of them as JSON."""


def address_of(kind: str, name: str) -> str:
    """The address of the page of a setting."""
    return f"{ADDRESS}/{kind}/{quote(name, safe='')}"


def called(setting: Setting) -> str:
    """What people call a setting."""
    return getattr(setting.record, "name", None) or getattr(setting.record, "title", None) or setting.id


def place_of(kind: SettingKind) -> str:
    """The place of the frame that the page of a setting belongs to."""
    if kind is SettingKind.AUTOMATION:
        return "automations"
    if kind in MANY_OF_A_SITE:
        return "texts"
    return "members" if kind in OF_PEOPLE else "settings"


def list_of(setting: Setting) -> str:
    """The address of the list that leads to the page of a setting."""
    if setting.kind is SettingKind.AUTOMATION:
        return f"{AUTOMATIONS}?site={quote(setting.site)}"
    if setting.kind in MANY_OF_A_SITE:
        return f"/desk/texts?site={quote(setting.site)}"
    return f"{ADDRESS}?kind={setting.kind}" if setting.kind in OF_PEOPLE else ADDRESS


def setting_page(
    visit: Visit,
    at: SettingsAccess,
    *,
    status: int = 200,
    failed: FailedForm | None = None,
    errors: Sequence[FormError] = (),
    done: str | None = None,
) -> Response:
    """The page of a setting; with what was typed, if a change of it `failed`."""
    setting = at.setting
    record = record_of(visit.deps.catalogues, visit.language, at)
    looked_at = failed.version if failed else setting.version
    history = list(history_of(settings.history_of(visit.deps.settings_store, setting), at.everything))
    chosen = _chosen(setting, visit.request.query)
    forms = forms_of(visit.deps, visit.language, at, record, failed, chosen)
    logo = setting.record.letterhead.logo if isinstance(setting.record, Texts) else None
    return desk_layout(
        visit,
        "setting.html",
        at.by,
        at.me,
        address=address_of(setting.kind, setting.id),
        place=place_of(setting.kind),
        zone=zone_at(visit.deps.sites, setting),
        status=status,
        headers=with_picture(logo),
        picture=logo,
        setting=setting,
        called=_called_at(at),
        back=list_of(setting),
        placeholders=_placeholders(setting.kind),
        rows=_present_values(visit.deps, visit.language, at, record, forms),
        at_address=address_of(setting.kind, setting.id),
        forms=forms,
        returns=_returns(visit.deps) if MapReturn.verb in allowed(setting, at.by) else (),
        is_chosen="code" in visit.request.query,
        is_of_many=setting.kind in OF_MANY,
        of_one=OF_ONE,
        touched=touched_cases(visit.deps, setting, chosen) if forms else {},
        with_letter=WITH_LETTER,
        helped=HELPED,
        code_lists=_lists(visit.deps, visit.language, at, record),
        failed=failed,
        errors=errors,
        done=done,
        letters=KINDS if setting.kind is SettingKind.TEXTS else (),
        letter_languages=_letter_languages(visit.deps, setting),
        changed=[each for each in history if looked_at < each.version],
        history=history[::-1],
        once=secrets.token_urlsafe(12),
    )


def _present_values(
    deps: "Container",
    language: str,
    at: SettingsAccess,
    record: Mapping[str, Any],
    forms: Iterable[ChangeForm],
) -> list[tuple[str, list[Row]]]:
    """A setting as it stands, by the parts of its forms.

    A site has many values: those that its forms show need not be there twice.
    """
    kind = at.setting.kind
    asked = {name for form in forms for each in form.inputs for name in (each.name, each.group)}
    shown = {
        name: value for name, value in record.items() if kind is not SettingKind.SITE or name not in asked
    }
    return by_part(kind, rows_of(deps, language, shown, at.everything, zone_at(deps.sites, at.setting)))


def _letter_languages(deps: "Container", setting: Setting) -> list[tuple[str, str]]:
    """In which languages a letter beside the form can be looked at, each with its name."""
    if setting.kind is not SettingKind.TEXTS:
        return []
    return [(tag, own_name(deps.catalogues, tag)) for tag in deps.sites.terms(setting.id).site.languages]


def _called_at(at: SettingsAccess) -> str:
    """What the page of a setting is called after: what a site has one of, after the site."""
    site = site_of(at)
    return site.name if site and at.setting.kind in OF_A_SITE else called(at.setting)


def _returns(deps: "Container") -> "list[RegulatorReturn]":
    """The regulators' returns whose codes a site may map."""
    return [deps.shipped_data.regulator_return(name) for name in deps.shipped_data.return_names]


def _chosen(setting: Setting, query: Mapping[str, str]) -> dict[str, Any]:
    """What stands in the form of one of many."""
    if setting.kind is SettingKind.FIELDS:
        return entry_forms.chosen_field(setting, query)
    if setting.kind is SettingKind.SITE:
        return entry_forms.chosen_checklist(setting, query)
    if setting.kind is SettingKind.TEXTS:
        return entry_forms.chosen_wording(setting, query)
    return entry_forms.chosen_code(setting, query)


def new_setting_page(
    visit: Visit,
    at: SettingsAccess,
    *,
    status: int = 200,
    failed: FailedForm | None = None,
    errors: Sequence[FormError] = (),
) -> Response:
    """The page on which a site, a member or a pack is added."""
    return desk_layout(
        visit,
        "setting-new.html",
        at.by,
        at.me,
        address=f"{NEW}/{at.setting.kind}",
        query={"site": at.setting.site} if at.setting.kind in MANY_OF_A_SITE else {},
        place=place_of(at.setting.kind),
        status=status,
        kind=at.setting.kind,
        site=at.setting.site,
        back=list_of(at.setting),
        placeholders=_placeholders(at.setting.kind),
        at_address=f"{NEW}/{at.setting.kind}",
        change=forms_of(visit.deps, visit.language, at, FIRST.get(at.setting.kind, {}), failed, {})[0],
        failed=failed,
        errors=errors,
        once=secrets.token_urlsafe(12),
    )


def record_of(catalogues: "Catalogues", language: str, at: SettingsAccess) -> dict[str, Any]:
    """The fields of a setting with their values, as JSON has them, by the names of its inputs."""
    record = settings_serializer.record_view(catalogues, language, at.setting, site_of(at))
    known: dict[str, Any] = msgspec.to_builtins(record) if record else {}
    values = {name: value for name, value in known.items() if name != "id"}
    change = CHANGES.get((at.setting.kind, CHANGE))
    return spread(values, fields_of_change(change) if change else ())


def forms_of(
    deps: "Container",
    language: str,
    at: SettingsAccess,
    record: Mapping[str, Any],
    failed: FailedForm | None,
    chosen: Mapping[str, Any],
) -> list[ChangeForm]:
    """A form for each change that the person may make, or for each part of it; that of one code has the
    `chosen` one. What is written as JSON comes last. Some changes have a page of their own.
    """
    setting = at.setting
    if setting.kind is SettingKind.MACRO:
        return []
    options = change_options(deps, language, at, record)
    forms = [
        form_of(
            setting.kind, verb, part, setting.version, chosen if verb in OF_ONE else record, options, failed
        )
        for verb in allowed(setting, at.by)
        if verb not in OWN_PAGES
        for part in parts_of(setting.kind, verb)
    ]
    return sorted(forms, key=lambda form: form.is_advanced)


def _lists(
    deps: "Container", language: str, at: SettingsAccess, record: Mapping[str, Any]
) -> dict[str, list[Mapping[str, Any]]]:
    """What a setting has of many, each of which has a form."""
    if at.setting.kind is SettingKind.FIELDS:
        return entry_forms.field_lists(at.setting, language)
    if at.setting.kind is SettingKind.TEXTS:
        return entry_forms.wording_lists(at.setting, deps.catalogues, language)
    if at.setting.kind is not SettingKind.SITE:
        return entry_forms.code_lists(record)
    codes, catalogues = codes_of(at), deps.catalogues

    def named(category: str | None) -> str:
        if category is None:
            return catalogues.text(language, "office.checklist.all")
        return label(catalogues, codes, CodeList.CATEGORIES, category, language, language)

    return entry_forms.checklist_lists(at.setting, named)


def _placeholders(kind: SettingKind) -> tuple[str, ...]:
    """What may be filled in where texts of this kind say so."""
    return PLACEHOLDERS if kind is SettingKind.STANDARD_TEXT else ()


def zone_at(sites: "Sites", setting: Setting) -> str | None:
    """The zone of the site that a setting is of; nothing for what is not of one."""
    return None if setting.kind in OF_ALL else sites.terms(setting.site).site.zone
