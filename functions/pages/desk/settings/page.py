"""The page of one setting: as it stands, what it went through, and the changes that somebody may make."""

import secrets
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, Any, Protocol
from urllib.parse import quote

import msgspec
from chalice.app import Response

from complaints.calendars.opening_hours import WEEKDAYS
from complaints.letters.content.examples import KINDS
from complaints.management.record import RecordKind
from complaints.settings.changes import (
    CHANGES,
)
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
from complaints.settings.setting import (
    MANY_OF_A_SITE,
    OF_A_SITE,
    OF_ALL,
    OwnPack,
    Packs,
    Setting,
    SettingKind,
)
from complaints.site.site import SiteRecord, Texts
from complaints.values.casework.automation import USUAL_POSITION, RuleState, Trigger
from complaints.values.casework.standard_texts import PLACEHOLDERS, WRITING_ROLES, TextUse
from complaints.values.codes import CodeList, Codes
from complaints.values.competence import Topic
from complaints.values.field_types import Feedback
from complaints.values.own_fields import FieldType
from complaints.values.people import Member, Role
from functions.api.admin import settings, settings_serializer
from functions.api.admin.settings import OF_PEOPLE, SettingsAccess
from functions.http.request import Request
from functions.pages.desk.session.layout import desk_layout
from functions.pages.desk.settings.change_forms import (
    automation_forms,
    checklist_forms,
    code_forms,
    field_forms,
    wording_forms,
)
from functions.pages.desk.settings.change_forms.form_parts import SECTORS
from functions.pages.desk.settings.change_forms.forms import (
    BY_DAY,
    BY_LANGUAGE,
    ChangeForm,
    Options,
    day_name,
    fields_of_change,
    form_of,
    own_name,
    parts_of,
    spread,
)
from functions.pages.desk.settings.change_forms.labels import by_part, history_of, rows_of
from functions.pages.desk.settings.touched_cases import touched_cases
from functions.pages.forms.error_summary import FormError
from functions.pages.forms.inputs import Choice, FailedForm
from functions.rendering.page import with_picture
from functions.serializers import pack_names
from functions.serializers.labels import label

if TYPE_CHECKING:
    from complaints.adapters.dependencies import (
        Catalogues,
        HasManagementRecords,
        HasSettingsStore,
        HasShippedData,
    )
    from complaints.context.stores import Sites
    from complaints.reporting.regulators.return_format import RegulatorReturn
    from functions.pages.desk.session.layout import LayoutDeps
    from functions.pages.desk.settings.touched_cases import TouchedCasesDeps

    class SettingsPageDeps(
        LayoutDeps, TouchedCasesDeps, HasSettingsStore, HasShippedData, HasManagementRecords, Protocol
    ):
        """The dependencies of this module: what its functions use of the container."""


ADDRESS = "/desk/settings"
NEW = f"{ADDRESS}/new"
AUTOMATIONS = "/desk/automations"


FIRST: Mapping[SettingKind, Mapping[str, Any]] = {
    SettingKind.AUTOMATION: {"when": Trigger.RECEIVED, "state": RuleState.OFF, "position": USUAL_POSITION}
}
"""What stands in the form of something new."""

OF_ONE = (PutCode.verb, PutField.verb, PutChecklist.verb, PutWording.verb)
"""The changes of one of many, which an address may name."""

HELPED = ("site.hours", "site.decisions", "site.competence", "codes.put", "packs.change")
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
    deps: "SettingsPageDeps",
    request: Request,
    language: str,
    at: SettingsAccess,
    *,
    status: int = 200,
    failed: FailedForm | None = None,
    errors: Sequence[FormError] = (),
    done: str | None = None,
) -> Response:
    """The page of a setting; with what was typed, if a change of it `failed`."""
    setting = at.setting
    record = record_of(deps.catalogues, language, at)
    looked_at = failed.version if failed else setting.version
    history = list(history_of(settings.history_of(deps.settings_store, setting), at.everything))
    chosen = _chosen(setting, request.query)
    forms = forms_of(deps, language, at, record, failed, chosen)
    asked = {name for form in forms for each in form.inputs for name in (each.name, each.group)}
    logo = setting.record.letterhead.logo if isinstance(setting.record, Texts) else None
    # A site has many values: those that its forms show need not be there twice.
    shown = {
        name: value
        for name, value in record.items()
        if setting.kind is not SettingKind.SITE or name not in asked
    }
    return desk_layout(
        deps,
        request,
        language,
        "setting.html",
        at.by,
        at.me,
        address=address_of(setting.kind, setting.id),
        place=place_of(setting.kind),
        zone=zone_at(deps.sites, setting),
        status=status,
        headers=with_picture(logo),
        picture=logo,
        setting=setting,
        called=_called_at(at),
        back=list_of(setting),
        placeholders=_placeholders(setting.kind),
        rows=by_part(
            setting.kind, rows_of(deps, language, shown, at.everything, zone_at(deps.sites, setting))
        ),
        at_address=address_of(setting.kind, setting.id),
        forms=forms,
        returns=_returns(deps) if MapReturn.verb in allowed(setting, at.by) else (),
        is_chosen="code" in request.query,
        is_of_many=setting.kind in OF_MANY,
        of_one=OF_ONE,
        touched=touched_cases(deps, setting, chosen) if forms else {},
        with_letter=WITH_LETTER,
        helped=HELPED,
        code_lists=_lists(deps, language, at, record),
        failed=failed,
        errors=errors,
        done=done,
        letters=KINDS if setting.kind is SettingKind.TEXTS else (),
        letter_languages=[
            (tag, own_name(deps.catalogues, tag)) for tag in deps.sites.terms(setting.id).site.languages
        ]
        if setting.kind is SettingKind.TEXTS
        else (),
        changed=[each for each in history if looked_at < each.version],
        history=history[::-1],
        once=secrets.token_urlsafe(12),
    )


def _called_at(at: SettingsAccess) -> str:
    """What the page of a setting is called after: what a site has one of, after the site."""
    site = _site_of(at)
    return site.name if site and at.setting.kind in OF_A_SITE else called(at.setting)


def _returns(deps: "SettingsPageDeps") -> "list[RegulatorReturn]":
    """The regulators' returns whose codes a site may map."""
    return [deps.shipped_data.regulator_return(name) for name in deps.shipped_data.return_names]


def _chosen(setting: Setting, query: Mapping[str, str]) -> dict[str, Any]:
    """What stands in the form of one of many."""
    if setting.kind is SettingKind.FIELDS:
        return field_forms.chosen(setting, query)
    if setting.kind is SettingKind.SITE:
        return checklist_forms.chosen(setting, query)
    if setting.kind is SettingKind.TEXTS:
        return wording_forms.chosen(setting, query)
    return code_forms.chosen(setting, query)


def new_setting_page(
    deps: "SettingsPageDeps",
    request: Request,
    language: str,
    at: SettingsAccess,
    *,
    status: int = 200,
    failed: FailedForm | None = None,
    errors: Sequence[FormError] = (),
) -> Response:
    """The page on which a site, a member or a pack is added."""
    return desk_layout(
        deps,
        request,
        language,
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
        change=forms_of(deps, language, at, FIRST.get(at.setting.kind, {}), failed, {})[0],
        failed=failed,
        errors=errors,
        once=secrets.token_urlsafe(12),
    )


def record_of(catalogues: "Catalogues", language: str, at: SettingsAccess) -> dict[str, Any]:
    """The fields of a setting with their values, as JSON has them, by the names of its inputs."""
    record = settings_serializer.record_view(catalogues, language, at.setting, _site_of(at))
    known: dict[str, Any] = msgspec.to_builtins(record) if record else {}
    values = {name: value for name, value in known.items() if name != "id"}
    change = CHANGES.get((at.setting.kind, CHANGE))
    return spread(values, fields_of_change(change) if change else ())


def forms_of(
    deps: "SettingsPageDeps",
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
    options = _options(deps, language, at, record)
    forms = [
        form_of(
            setting.kind, verb, part, setting.version, chosen if verb in OF_ONE else record, options, failed
        )
        for verb in allowed(setting, at.by)
        if verb not in OWN_PAGES
        for part in parts_of(setting.kind, verb)
    ]
    return sorted(forms, key=lambda form: form.is_advanced)


def _rule_options(
    deps: "SettingsPageDeps", language: str, at: SettingsAccess, site: SiteRecord
) -> dict[str, list[Choice]]:
    themes = deps.management_records.of_site(at.setting.site, RecordKind.THEME)
    return automation_forms.options(deps.catalogues, language, at, site, themes)


def _options(
    deps: "SettingsPageDeps", language: str, at: SettingsAccess, record: Mapping[str, Any]
) -> Options:
    """What may be chosen: what is chosen now stands first, in its order."""
    shipped_data = deps.shipped_data
    own = [each.id for each in at.everything if isinstance(each.record, OwnPack)]
    packs = [*record.get("packs", ()), *own, *shipped_data.pack_names]
    stored, site = at.setting.record, _site_of(at)
    is_rule = at.setting.kind is SettingKind.AUTOMATION
    languages = dict.fromkeys((*record.get("languages", ()), *sorted(shipped_data.languages)))
    spoken = [Choice(tag, own_name(deps.catalogues, tag)) for tag in languages]
    offered: dict[str, Iterable[str]] = {
        "holidays": sorted(shipped_data.calendars),
        "packs": packs,
        "seen": packs,
        "pack": (*stored.packs, *stored.formerly) if isinstance(stored, Packs) else (),
    }
    plain = {name: [Choice(each, each) for each in dict.fromkeys(values)] for name, values in offered.items()}
    for name in ("packs", "seen", "pack"):
        plain[name] = [Choice(pack, pack_names.title(deps, pack, pack, language)) for pack, _ in plain[name]]
    names = {each.id: each.record.name for each in at.everything if isinstance(each.record, SiteRecord)}
    return plain | {
        "sites": [Choice(key, names.get(key, key)) for key in at.me.sites],
        "roles": [
            Choice(role, deps.catalogues.text(language, f"office.role.{role}"))
            for role in (WRITING_ROLES if at.setting.kind in MANY_OF_A_SITE else Role)
        ],
        **code_forms.options(deps.catalogues, language),
        "type": [Choice(each, deps.catalogues.text(language, f"office.type.{each}")) for each in FieldType],
        "categories": _categories(deps.catalogues, language, at),
        "category": _categories(deps.catalogues, language, at),
        "language": spoken,
        "letter_language": spoken,
        "languages": spoken,
        "feedback": [
            Choice(kind, deps.catalogues.text(language, f"api.feedback.{kind}"))
            for kind in Feedback
            if kind is not Feedback.COMPLAINT
        ],
        **{
            name: [Choice(topic, deps.catalogues.text(language, f"api.topic.{topic}")) for topic in Topic]
            for name in ("decision_topics", "approval_topics", "review_topics")
        },
        "sector": [
            Choice(sector, deps.catalogues.text(language, f"office.sector.{sector}")) for sector in SECTORS
        ],
        "place": wording_forms.places(deps.catalogues, language),
        "use": [Choice(use, deps.catalogues.text(language, f"standard.use.{use}")) for use in TextUse],
        BY_LANGUAGE: [
            Choice(tag, own_name(deps.catalogues, tag)) for tag in (site.languages if site else ())
        ],
        BY_DAY: [Choice(day, day_name(deps.catalogues, language, day)) for day in WEEKDAYS],
        "away.stand_in": sorted(_colleagues(at), key=lambda choice: choice.label.casefold()),
        **(_rule_options(deps, language, at, site) if is_rule and site else {}),
    }


def _site_of(at: SettingsAccess) -> SiteRecord | None:
    """The site that a setting is of, if it is of one."""
    records = (each.record for each in at.everything if each.id == at.setting.site)
    return next((record for record in records if isinstance(record, SiteRecord)), None)


def _categories(catalogues: "Catalogues", language: str, at: SettingsAccess) -> list[Choice]:
    """The categories of the site for which an own field may be asked, or a checklist hold."""
    if at.setting.kind not in (SettingKind.FIELDS, SettingKind.SITE):
        return []
    codes = _codes_of(at)
    return [
        Choice(each.code, label(catalogues, codes, CodeList.CATEGORIES, each.code, language, language))
        for each in codes.offered(CodeList.CATEGORIES)
    ]


def _codes_of(at: SettingsAccess) -> Codes:
    """The codes of the site that a setting is of."""
    records = [each.record for each in at.everything if each.id == at.setting.id]
    return next((record for record in records if isinstance(record, Codes)), Codes())


def _lists(
    deps: "SettingsPageDeps", language: str, at: SettingsAccess, record: Mapping[str, Any]
) -> dict[str, list[Mapping[str, Any]]]:
    """What a setting has of many, each of which has a form."""
    if at.setting.kind is SettingKind.FIELDS:
        return field_forms.lists(at.setting, language)
    if at.setting.kind is SettingKind.TEXTS:
        return wording_forms.lists(at.setting, deps.catalogues, language)
    if at.setting.kind is not SettingKind.SITE:
        return code_forms.lists(record)
    codes, catalogues = _codes_of(at), deps.catalogues

    def named(category: str | None) -> str:
        if category is None:
            return catalogues.text(language, "office.checklist.all")
        return label(catalogues, codes, CodeList.CATEGORIES, category, language, language)

    return checklist_forms.lists(at.setting, named)


def _placeholders(kind: SettingKind) -> tuple[str, ...]:
    """What may be filled in where texts of this kind say so."""
    return PLACEHOLDERS if kind is SettingKind.STANDARD_TEXT else ()


def _colleagues(at: SettingsAccess) -> Iterator[Choice]:
    """Who could stand in for the member at one of my sites."""
    members = [each.record for each in at.everything if isinstance(each.record, Member)]
    for member in members:
        if member.id != at.setting.id and any(member.handles(site) for site in at.me.sites):
            yield Choice(member.id, member.name)


def zone_at(sites: "Sites", setting: Setting) -> str | None:
    """The zone of the site that a setting is of; nothing for what is not of one."""
    return None if setting.kind in OF_ALL else sites.terms(setting.site).site.zone
