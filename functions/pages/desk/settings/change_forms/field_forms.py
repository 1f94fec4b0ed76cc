"""The form of one own field: what stands in it, of a field that an address names or of a new one."""

from collections.abc import Mapping
from typing import Any

from complaints.settings.setting import Setting
from complaints.settings.site.own_fields import written_choices
from complaints.values.own_fields import OwnField, OwnFields


def chosen(setting: Setting, query: Mapping[str, str]) -> dict[str, Any]:
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


def lists(setting: Setting, language: str) -> dict[str, list[Mapping[str, Any]]]:
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
