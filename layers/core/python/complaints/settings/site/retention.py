"""What changes of the retention rules of a site: one of them at a time, or all as part of the site."""

from collections.abc import Iterator

from complaints.case.fact import Fact
from complaints.settings.commands import ChangeSite, PutRetention
from complaints.settings.setting import Setting
from complaints.settings.settings_context import SettingsContext
from complaints.settings.site.sites import change_site
from complaints.site.site import SiteRecord
from complaints.values.casework.retention import RetentionRule
from complaints.values.errors import Invalid, Wrong


def put_retention(setting: Setting, command: PutRetention, context: SettingsContext) -> list[Fact]:
    """Writes the rule of some data and a category; without a number of months it is removed.

    Raises `Invalid`, with pointers to the fields of this command.
    """
    record = setting.record
    assert isinstance(record, SiteRecord)
    others = tuple(
        each for each in record.retention if (each.data, each.category) != (command.data, command.category)
    )
    if command.months is None and len(others) == len(record.retention):
        raise Invalid(Wrong("/months", "missing"))
    mine = tuple(_rule(command)) if command.months is not None else ()
    values = {name: getattr(record, name) for name in ChangeSite.__struct_fields__ if name != "reason"}
    changed = ChangeSite(**values | {"retention": (*others, *mine)}, reason=command.reason)
    try:
        return change_site(setting, changed, context)
    except Invalid as refusal:
        raise Invalid(*(_of_one(each) for each in refusal.errors)) from None


def _rule(command: PutRetention) -> Iterator[RetentionRule]:
    """The rule that a command says. Raises `Invalid` where something of it is missing."""
    needed = {"counted_from": command.counted_from, "basis": command.basis, "source": command.source}
    wrong = [Wrong(f"/{name}", "missing") for name, value in needed.items() if value is None]
    if command.months is None or command.counted_from is None or command.basis is None or not command.source:
        raise Invalid(*(wrong or [Wrong("/source", "missing")]))
    yield RetentionRule(
        data=command.data,
        category=command.category,
        months=command.months,
        counted_from=command.counted_from,
        basis=command.basis,
        source=command.source,
    )


def _of_one(wrong: Wrong) -> Wrong:
    """What is wrong with the list of rules, said of the one that was put."""
    pointer = "/category" if wrong.pointer.startswith("/retention/") else wrong.pointer
    return Wrong("/months" if pointer == "/retention" else pointer, wrong.code, wrong.limit)
