"""Forms of one entry in a list of a site: a code, an own field, a checklist, or own words in a place of
letters; what may be chosen, and what stands in the one that an address names.
"""

from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, Any

from complaints.letters.content.blocks import PARAGRAPHS
from complaints.settings.casework.checklists import written_items
from complaints.settings.setting import Setting, SettingKind
from complaints.settings.site.own_fields import written_choices
from complaints.settings.site.wordings import PLACES
from complaints.site.site import SiteRecord, Texts
from complaints.values.codes import CodeList, Codes, is_dangerous
from complaints.values.field_types import Outcome
from complaints.values.own_fields import OwnField, OwnFields
from functions.forms.inputs import Choice
from functions.serializers.labels import label

if TYPE_CHECKING:
    from complaints.adapters.container import Catalogues


STATES = ("offered", "draft", "retired")


def code_options(catalogues: "Catalogues", language: str) -> dict[str, list[Choice]]:
    """What may be chosen, by the names of the inputs."""
    return {
        "list": [Choice(each, catalogues.text(language, f"office.field.{each}")) for each in CodeList],
        "state": [Choice(state, catalogues.text(language, f"office.code.{state}")) for state in STATES],
        "like": [
            Choice(each, label(catalogues, Codes(), CodeList.OUTCOMES, each, language, language))
            for each in Outcome
        ],
    }


def chosen_code(setting: Setting, query: Mapping[str, str]) -> dict[str, Any]:
    """The code that an address names, by the names of the inputs that change it; else what a new one is."""
    new = {"list": CodeList.CATEGORIES, "state": "offered"}
    if setting.kind is not SettingKind.CODES or query.get("list") not in tuple(CodeList):
        return new
    named = CodeList(query["list"])
    codes = setting.record if isinstance(setting.record, Codes) else Codes()
    code = codes.find(named, query.get("code", ""))
    if code is None:
        return new | {"list": named}
    return {
        "list": named,
        "code": code.code,
        "labels": code.labels,
        "state": code.state,
        "like": code.like,
        "is_sensitive": code.sensitive,
        "is_sealed": code.sealed,
        "is_dangerous": named is CodeList.CATEGORIES and is_dangerous(code),
    }


def code_lists(record: Mapping[str, Any]) -> dict[str, list[Mapping[str, Any]]]:
    """The codes of each list with their words, in their order."""
    return {each.value: [*record[each.value]] for each in CodeList if record.get(each.value)}


def chosen_field(setting: Setting, query: Mapping[str, str]) -> dict[str, Any]:
    """The own field that an address names, by the names of the inputs; nothing of a new one."""
    named = (field for field in _fields(setting) if field.code == query.get("code"))
    field = next(named, None)
    if field is None:
        return {}
    return {
        "code": field.code,
        "type": field.type,
        "labels": field.labels,
        "is_required": field.required,
        "is_retired": field.retired,
        "categories": field.categories,
        "choices": written_choices(field),
    }


def field_lists(setting: Setting, language: str) -> dict[str, list[Mapping[str, Any]]]:
    """The own fields with their words in a language, in their order."""
    rows: list[Mapping[str, Any]] = [
        {
            "code": field.code,
            "label": field.labels.get(language) or next(iter(field.labels.values())),
            "state": "retired" if field.retired else "offered",
        }
        for field in _fields(setting)
    ]
    return {"fields": rows} if rows else {}


def _fields(setting: Setting) -> tuple[OwnField, ...]:
    return setting.record.fields if isinstance(setting.record, OwnFields) else ()


def chosen_checklist(setting: Setting, query: Mapping[str, str]) -> dict[str, Any]:
    """The checklist of the category that an address names, or of every complaint; nothing of a new one."""
    record, named = setting.record, query.get("code")
    if not isinstance(record, SiteRecord) or named is None:
        return {}
    found = (each for each in record.checklists if each.name == named)
    checklist = next(found, None)
    return {"category": checklist.category, "items": written_items(checklist)} if checklist else {}


def checklist_lists(
    setting: Setting, called: Callable[[str | None], str]
) -> dict[str, list[Mapping[str, Any]]]:
    """The checklists by what their category is called."""
    record = setting.record
    known = record.checklists if isinstance(record, SiteRecord) else ()
    rows: list[Mapping[str, Any]] = [
        {"code": each.name, "label": called(each.category), "state": "offered"} for each in known
    ]
    return {"checklists": rows} if rows else {}


def places(catalogues: "Catalogues", language: str) -> list[Choice]:
    """The kinds of letters, then the paragraphs that promise packs ask for."""
    return [Choice(place, called(catalogues, language, place)) for place in PLACES]


def called(catalogues: "Catalogues", language: str, place: str) -> str:
    """What a place is called: a paragraph by its id, as promise packs call it."""
    if place in PARAGRAPHS:
        return catalogues.text(language, "office.place.paragraph", id=place)
    return catalogues.text(language, f"case.letter.{place}")


def chosen_wording(setting: Setting, query: Mapping[str, str]) -> dict[str, Any]:
    """The own words of the place that an address names; nothing of a new one."""
    words = _wordings(setting).get(query.get("code", ""))
    return {"place": query["code"], "texts": words} if words else {}


def wording_lists(
    setting: Setting, catalogues: "Catalogues", language: str
) -> dict[str, list[Mapping[str, Any]]]:
    """The places that have own words."""
    rows: list[Mapping[str, Any]] = [
        {"code": place, "label": called(catalogues, language, place), "state": "offered"}
        for place in PLACES
        if place in _wordings(setting)
    ]
    return {"wordings": rows} if rows else {}


def _wordings(setting: Setting) -> Mapping[str, Mapping[str, str]]:
    return setting.record.letters | setting.record.blocks if isinstance(setting.record, Texts) else {}
