"""The form of one checklist: what stands in it, of the category that an address names."""

from collections.abc import Callable, Mapping
from typing import Any

from complaints.settings.casework.checklists import written_items
from complaints.settings.setting import Setting
from complaints.site.site import SiteRecord


def chosen(setting: Setting, query: Mapping[str, str]) -> dict[str, Any]:
    """The checklist of the category that an address names, or of every complaint; nothing of a new one."""
    record, named = setting.record, query.get("code")
    if not isinstance(record, SiteRecord) or named is None:
        return {}
    found = (each for each in record.checklists if each.name == named)
    checklist = next(found, None)
    return {"category": checklist.category, "items": written_items(checklist)} if checklist else {}


def lists(setting: Setting, called: Callable[[str | None], str]) -> dict[str, list[Mapping[str, Any]]]:
    """The checklists by what their category is called."""
    record = setting.record
    known = record.checklists if isinstance(record, SiteRecord) else ()
    rows: list[Mapping[str, Any]] = [
        {"code": each.name, "label": called(each.category), "state": "offered"} for each in known
    ]
    return {"checklists": rows} if rows else {}
