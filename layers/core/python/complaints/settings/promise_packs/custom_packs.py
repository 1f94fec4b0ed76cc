"""A promise pack that the operator brings: it is taken whole or not at all."""

from collections.abc import Iterator

from msgspec.structs import replace

from complaints.case.fact import Fact
from complaints.promise_packs.loader import Pack, PackRefused
from complaints.promise_packs.upload import faults_against, faults_of, faults_of_versions, packs_in
from complaints.promise_packs.validation import Fault
from complaints.settings.commands import ChangePack, ChangePacks
from complaints.settings.events import PackChanged
from complaints.settings.promise_packs.pack_eligibility import unfit_packs
from complaints.settings.setting import OwnPack, Setting
from complaints.settings.settings_context import SettingsContext
from complaints.values.errors import Forbidden, Invalid, Wrong

_AT = "/file"


def change_pack(setting: Setting, command: ChangePack, context: SettingsContext) -> list[Fact]:
    """Takes the file of a pack, or another one that keeps what was promised by the one before.

    Raises `Invalid` with all that is wrong; `Forbidden` where a site uses it that who asks does not serve.
    """
    if context.serves is not None and not _users(setting.id, context) <= set(context.serves):
        raise Forbidden
    if not setting.record and context.shipped_data.fault_of_pack(setting.id) != "unknown-pack":
        raise Invalid(Wrong(_AT, "shipped-pack"))
    refuse_faults(faults_of(command.file, context.shipped_data.calendars))
    packs = packs_in(command.file)
    refuse_faults(faults_of_versions(setting.id, packs))
    refuse_faults(faults_against(readable(setting.record), packs, context.now.date()))
    record = OwnPack(file=command.file)
    _refuse_unfit(setting.id, record, context)
    return [PackChanged(at=context.now, by=context.by, reason=command.reason, record=record)]


def refuse_faults(faults: Iterator[Fault] | tuple[Fault, ...]) -> None:
    """Raises `Invalid` that points at each fault within the body that held the file."""
    wrong = [Wrong(f"{_AT}{fault.pointer}", fault.code, fault.limit) for fault in faults]
    if wrong:
        raise Invalid(*sorted(wrong, key=lambda each: each.pointer))


def _refuse_unfit(name: str, record: OwnPack, context: SettingsContext) -> None:
    """Raises `Invalid` where a site that promises by the pack could not choose it as it is to be."""
    then = replace(context, own_packs={**context.own_packs, name: record})
    for key, promises in context.promises.items():
        if name in promises.packs:
            chosen = ChangePacks(packs=(name,), seen=promises.seen, reason="")
            wrong = [Wrong(_AT, each.code, each.limit) for each in unfit_packs(chosen, key, then)]
            if wrong:
                raise Invalid(*wrong)


def _users(name: str, context: SettingsContext) -> set[str]:
    """The sites that promise by a pack, or did."""
    return {key for key, promises in context.promises.items() if name in promises.own}


def readable(record: object) -> tuple[Pack, ...]:
    """The versions that a record holds. A file that cannot be read any more can be replaced by any
    other."""
    try:
        return packs_in(record.file) if isinstance(record, OwnPack) else ()
    except PackRefused:
        return ()
