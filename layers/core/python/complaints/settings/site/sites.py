"""What changes of a site: how it handles complaints, whom it writes to, its texts and its promises.

What a site says of its transactions, one month at a time: complaints are told per thousand of them.
"""

from msgspec.structs import asdict, replace

from complaints.case.fact import Fact
from complaints.lazy_imports import lazy_imports
from complaints.settings import validation
from complaints.settings.commands import (
    ChangePacks,
    ChangeSite,
    ChangeTeam,
    ChangeTexts,
    PutTransactions,
    RotateSecret,
)
from complaints.settings.events import PacksChanged, SiteChanged, TeamChanged, TextsChanged
from complaints.settings.promise_packs import pack_eligibility
from complaints.settings.promise_packs.due_date_recalculation import moves_promises
from complaints.settings.promise_packs.pack_eligibility import packs_of
from complaints.settings.setting import Packs, Setting, Team
from complaints.settings.settings_context import SettingsContext
from complaints.settings.site import letter_checks
from complaints.site.site import SiteRecord, Texts
from complaints.values.codes import Codes
from complaints.values.errors import Invalid, Wrong

with lazy_imports():
    # It needs rules of cases: whoever changes no site does without them.
    from complaints.casework.record import retention


_OF_THE_SECRET = ("webhook_secret", "webhook_rotated")
"""What no change of the site says: it changes by `rotate` alone."""


def change_site(setting: Setting, command: ChangeSite, context: SettingsContext) -> list[Fact]:
    """Changes how a site handles complaints. Raises `Invalid`."""
    values = asdict(command)
    reason = values.pop("reason")
    before = setting.record if isinstance(setting.record, SiteRecord) else None
    signed = {name: getattr(before, name) for name in _OF_THE_SECRET} if before else {}
    former = retention.changed(before, command.retention, context.now) if before else ()
    record = SiteRecord(**values, **signed, former_retention=former)
    _raise(
        *validation.wrong_site(record, setting.id, context.shipped_data, context.members),
        *validation.wrong_checklists(record, context.codes.get(setting.id, Codes())),
        *validation.wrong_retention(record, context.codes.get(setting.id, Codes())),
        *validation.wrong_webhook(record, loopback=context.loopback),
        *pack_eligibility.unfit_site(record, setting.id, context),
    )
    reckons = moves_promises(before, record)
    return [SiteChanged(at=context.now, by=context.by, reason=reason, record=record, reckons=reckons)]


def rotate_secret(setting: Setting, command: RotateSecret, context: SettingsContext) -> list[Fact]:
    """Raises the version of the secret by which webhooks are signed."""
    before = setting.record
    assert isinstance(before, SiteRecord)
    record = replace(before, webhook_secret=before.webhook_secret + 1, webhook_rotated=context.now)
    return [SiteChanged(at=context.now, by=context.by, reason=command.reason, record=record)]


def change_team(setting: Setting, command: ChangeTeam, context: SettingsContext) -> list[Fact]:
    """Changes whom letters to staff go to. Raises `Invalid`."""
    values = {name: getattr(command, name) for name in Team.__struct_fields__}
    record = Team(**values)
    _raise(*validation.wrong_addresses({field: values for field, values in asdict(record).items() if values}))
    return [TeamChanged(at=context.now, by=context.by, reason=command.reason, record=record)]


def change_texts(setting: Setting, command: ChangeTexts, context: SettingsContext) -> list[Fact]:
    """Changes the site's own texts; another notice is another version of it. Raises `Invalid`."""
    site = context.sites[setting.id]
    for field in ("introduction", "notice"):
        _raise(*validation.wrong_texts(field, getattr(command, field), site))
    _raise(
        *validation.wrong_blocks(command.blocks, site),
        *letter_checks.wrong_letterhead(command.letterhead, site),
        *letter_checks.wrong_letters(command.letters, setting.id, site, context.now),
    )
    before = setting.record if isinstance(setting.record, Texts) else Texts()
    version = int(before.notice_version) + (command.notice != before.notice)
    record = replace(
        before,
        introduction=command.introduction,
        notice=command.notice,
        notice_version=str(version),
        blocks=command.blocks,
        letterhead=command.letterhead,
        letters=command.letters,
    )
    return [TextsChanged(at=context.now, by=context.by, reason=command.reason, record=record)]


def change_packs(setting: Setting, command: ChangePacks, context: SettingsContext) -> list[Fact]:
    """Changes the promises for new cases; older cases keep theirs. Raises `Invalid`."""
    _raise(*validation.wrong_packs(command.packs, context.shipped_data, context.own_packs))
    _raise(*pack_eligibility.unfit_packs(command, setting.id, context))
    before = setting.record if isinstance(setting.record, Packs) else Packs()
    ever = dict.fromkeys((*before.formerly, *before.packs))
    formerly = tuple(name for name in ever if name not in command.packs)
    own = tuple(name for name in (*command.packs, *formerly) if name in context.own_packs)
    # Whoever chooses a pack now knows its last version.
    new = {name: packs_of(name, context) for name in command.packs if name not in before.packs}
    known = {name: max(pack.version for pack in packs) for name, packs in new.items() if packs}
    told = before.told | {name: version for name, version in known.items() if version > 1}
    record = replace(before, packs=command.packs, formerly=formerly, own=own, seen=command.seen, told=told)
    reckons = setting.record is not None and record.packs != before.packs
    return [
        PacksChanged(at=context.now, by=context.by, reason=command.reason, record=record, reckons=reckons)
    ]


def _raise(*wrong: Wrong) -> None:
    if wrong:
        raise Invalid(*sorted(wrong, key=lambda each: each.pointer))


MOST_MONTHS = 120
"""How many months a site keeps the numbers of."""


def put_transactions(setting: Setting, command: PutTransactions, context: SettingsContext) -> list[Fact]:
    """Writes the number of one month, or removes it. Raises `Invalid`."""
    record = setting.record
    assert isinstance(record, SiteRecord)
    if command.number is None and command.month not in record.transactions:
        raise Invalid(Wrong("/number", "missing"))
    known = dict(record.transactions)
    known.pop(command.month, None)
    if command.number is not None:
        known[command.month] = command.number
    if len(known) > MOST_MONTHS:
        raise Invalid(Wrong("/month", "too-many", MOST_MONTHS))
    values = {name: getattr(record, name) for name in ChangeSite.__struct_fields__ if name != "reason"}
    changed = ChangeSite(**values | {"transactions": dict(sorted(known.items()))}, reason=command.reason)
    return change_site(setting, changed, context)
