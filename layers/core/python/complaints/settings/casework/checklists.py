"""What changes of the checklists of a site: one of them at a time."""

import re

from complaints.case.fact import Fact
from complaints.settings.commands import ChangeSite, PutChecklist
from complaints.settings.setting import Setting
from complaints.settings.settings_context import SettingsContext
from complaints.settings.site.sites import change_site
from complaints.site.site import MOST_ITEMS, Checklist, ChecklistItem, SiteRecord
from complaints.values.errors import Invalid, Wrong

MOST_DAYS = 365
_LINE = re.compile(r"([0-9]{1,3})\s*:\s*(\S.{0,1999})")


def put_checklist(setting: Setting, command: PutChecklist, context: SettingsContext) -> list[Fact]:
    """Writes the checklist of a category, or that of every complaint; without items it is removed.

    Raises `Invalid`, with pointers to the fields of this command.
    """
    record = setting.record
    assert isinstance(record, SiteRecord)
    items = tuple(_item(line, place) for place, line in enumerate(command.items))
    if len(items) > MOST_ITEMS:
        raise Invalid(Wrong("/items", "too-many", MOST_ITEMS))
    others = [each for each in record.checklists if each.category != command.category]
    if not items and len(others) == len(record.checklists):
        raise Invalid(Wrong("/items", "missing"))
    mine = [Checklist(category=command.category, items=items)] if items else []
    values = {name: getattr(record, name) for name in ChangeSite.__struct_fields__ if name != "reason"}
    changed = ChangeSite(**values | {"checklists": (*others, *mine)}, reason=command.reason)
    try:
        return change_site(setting, changed, context)
    except Invalid as refusal:
        raise Invalid(
            *(
                Wrong("/category" if each.pointer.startswith("/checklists/") else each.pointer, each.code)
                for each in refusal.errors
            )
        ) from None


def written_items(checklist: Checklist) -> list[str]:
    """The items of a checklist as `PutChecklist` takes them."""
    return [f"{item.days}: {item.text}" for item in checklist.items]


def _item(line: str, place: int) -> ChecklistItem:
    """The item that a line says. Raises `Invalid`."""
    found = _LINE.fullmatch(line.strip())
    if found is None or int(found[1]) > MOST_DAYS:
        raise Invalid(Wrong(f"/items/{place}", "not-an-item"))
    return ChecklistItem(days=int(found[1]), text=found[2].strip())
