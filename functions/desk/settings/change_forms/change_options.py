"""What may be chosen in the forms of changes: members, sites, packs, codes, languages and so on."""

from collections.abc import Iterable, Iterator, Mapping
from typing import TYPE_CHECKING, Any

from complaints.calendars.opening_hours import WEEKDAYS
from complaints.management.record import RecordKind
from complaints.settings.setting import MANY_OF_A_SITE, OwnPack, Packs, SettingKind
from complaints.site.site import SiteRecord
from complaints.values.casework.retention import CountedFrom, KeptData, RetentionBasis
from complaints.values.casework.standard_texts import WRITING_ROLES, TextUse
from complaints.values.codes import CodeList, Codes
from complaints.values.competence import Topic
from complaints.values.field_types import Feedback
from complaints.values.own_fields import FieldType
from complaints.values.people import Member, Role
from functions.desk.settings.change_forms import automation_forms, entry_forms
from functions.desk.settings.change_forms.form_parts import SECTORS
from functions.desk.settings.change_forms.forms import BY_DAY, BY_LANGUAGE, Options, day_name, own_name
from functions.desk.settings.settings import SettingsAccess
from functions.forms.inputs import Choice
from functions.serializers import labels
from functions.serializers.labels import label

if TYPE_CHECKING:
    from complaints.adapters.container import Catalogues, Container


def change_options(
    deps: "Container", language: str, at: SettingsAccess, record: Mapping[str, Any]
) -> Options:
    """What may be chosen: what is chosen now stands first, in its order."""
    shipped_data = deps.shipped_data
    own = [each.id for each in at.everything if isinstance(each.record, OwnPack)]
    packs = [*record.get("packs", ()), *own, *shipped_data.pack_names]
    stored, site = at.setting.record, site_of(at)
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
        plain[name] = [Choice(pack, labels.pack_title(deps, pack, pack, language)) for pack, _ in plain[name]]
    names = {each.id: each.record.name for each in at.everything if isinstance(each.record, SiteRecord)}
    return plain | {
        "sites": [Choice(key, names.get(key, key)) for key in at.me.sites],
        "roles": [
            Choice(role, deps.catalogues.text(language, f"office.role.{role}"))
            for role in (WRITING_ROLES if at.setting.kind in MANY_OF_A_SITE else Role)
        ],
        **entry_forms.code_options(deps.catalogues, language),
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
        **{
            name: [Choice(each, deps.catalogues.text(language, f"office.{name}.{each}")) for each in kind]
            for name, kind in (("data", KeptData), ("counted_from", CountedFrom), ("basis", RetentionBasis))
        },
        "place": entry_forms.places(deps.catalogues, language),
        "use": [Choice(use, deps.catalogues.text(language, f"standard.use.{use}")) for use in TextUse],
        BY_LANGUAGE: [
            Choice(tag, own_name(deps.catalogues, tag)) for tag in (site.languages if site else ())
        ],
        BY_DAY: [Choice(day, day_name(deps.catalogues, language, day)) for day in WEEKDAYS],
        "away.stand_in": sorted(_colleagues(at), key=lambda choice: choice.label.casefold()),
        **(_rule_options(deps, language, at, site) if is_rule and site else {}),
    }


def _rule_options(
    deps: "Container", language: str, at: SettingsAccess, site: SiteRecord
) -> dict[str, list[Choice]]:
    found = deps.management_records.of_site(at.setting.site, RecordKind.THEME)
    themes = automation_forms.themes(found, at.me, deps.sites.terms(at.setting.site).site)
    return automation_forms.options(deps.catalogues, language, at, site, themes)


def site_of(at: SettingsAccess) -> SiteRecord | None:
    """The site that a setting is of, if it is of one."""
    records = (each.record for each in at.everything if each.id == at.setting.site)
    return next((record for record in records if isinstance(record, SiteRecord)), None)


def codes_of(at: SettingsAccess) -> Codes:
    """The codes of the site that a setting is of."""
    records = [each.record for each in at.everything if each.id == at.setting.id]
    return next((record for record in records if isinstance(record, Codes)), Codes())


def _categories(catalogues: "Catalogues", language: str, at: SettingsAccess) -> list[Choice]:
    """The categories of the site for which an own field may be asked, or a checklist hold."""
    if at.setting.kind not in (SettingKind.FIELDS, SettingKind.SITE):
        return []
    codes = codes_of(at)
    return [
        Choice(each.code, label(catalogues, codes, CodeList.CATEGORIES, each.code, language, language))
        for each in codes.offered(CodeList.CATEGORIES)
    ]


def _colleagues(at: SettingsAccess) -> Iterator[Choice]:
    """Who could stand in for the member at one of my sites."""
    members = [each.record for each in at.everything if isinstance(each.record, Member)]
    for member in members:
        if member.id != at.setting.id and any(member.handles(site) for site in at.me.sites):
            yield Choice(member.id, member.name)
