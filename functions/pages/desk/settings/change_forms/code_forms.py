"""The form of one code: what may be chosen in it, and the code that an address names."""

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from complaints.settings.setting import Setting, SettingKind
from complaints.values.codes import CodeList, Codes, is_dangerous
from complaints.values.field_types import Outcome
from functions.pages.forms.inputs import Choice
from functions.serializers.labels import label

if TYPE_CHECKING:
    from complaints.adapters.container import Catalogues


STATES = ("offered", "draft", "retired")


def options(catalogues: "Catalogues", language: str) -> dict[str, list[Choice]]:
    """What may be chosen, by the names of the inputs."""
    return {
        "list": [Choice(each, catalogues.text(language, f"office.field.{each}")) for each in CodeList],
        "state": [Choice(state, catalogues.text(language, f"office.code.{state}")) for state in STATES],
        "like": [
            Choice(each, label(catalogues, Codes(), CodeList.OUTCOMES, each, language, language))
            for each in Outcome
        ],
    }


def chosen(setting: Setting, query: Mapping[str, str]) -> dict[str, Any]:
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


def lists(record: Mapping[str, Any]) -> dict[str, list[Mapping[str, Any]]]:
    """The codes of each list with their words, in their order."""
    return {each.value: [*record[each.value]] for each in CodeList if record.get(each.value)}
