"""A setting in words: what stands in each field of its record, and each entry of its history."""

import json
from collections.abc import Iterable, Iterator, Mapping
from datetime import date, datetime
from typing import TYPE_CHECKING, Any, NamedTuple
from zoneinfo import ZoneInfo

from complaints.settings import events
from complaints.settings.events import SettingFact
from complaints.settings.history import HistoryEntry
from complaints.settings.setting import Setting, SettingKind
from complaints.values.casework.automation import RuleState
from complaints.values.people import Member
from functions.desk.settings.change_forms.form_parts import PARTS, part_of
from functions.desk.settings.change_forms.forms import day_name, hours_in_words, own_name

if TYPE_CHECKING:
    from complaints.adapters.container import Container, DateFormats


_WHAT: Mapping[type[object], str] = {
    events.MemberActivated: "activated",
    events.MemberDeactivated: "deactivated",
    events.CasesHandedOver: "handed_over",
    events.CasesReckoned: "reckoned",
    events.MemberInvited: "invited",
    events.InvitationSentAgain: "sent_again",
    events.InvitationWithdrawn: "withdrawn",
    events.InvitationAccepted: "accepted",
    events.InvitationUndelivered: "undelivered",
    events.MemberJoined: "joined",
    events.DirectoryUserLinked: "linked",
    events.DirectoryUserRemoved: "removed",
}
"""What happened, where it is not only that the record was changed: ends a msgid."""


_OF_MEMBERS = frozenset({"away.stand_in", "invited_by", "member", "assign", "task_to"})
"""Fields that name a member by the id."""

_DAYS = frozenset({"away.from", "away.until"})
_MOMENTS = frozenset(
    {"webhook_rotated", "sent_at", "valid_until", "token_since", "created_at", "changed_at", "since"}
)


class Row(NamedTuple):
    """One field of a record: `words` say its values, `whole` is the JSON of one that is too rich for that."""

    name: str
    words: tuple[str, ...]
    whole: str | None = None


class HistoryRow(NamedTuple):
    """One entry of the history: `by` is the name of a person, or nothing for a `kind` of others."""

    version: int
    what: str
    at: datetime
    by: str
    kind: str
    reason: str | None
    changed: tuple[str, ...]


def rows_of(
    deps: "Container",
    language: str,
    record: Mapping[str, Any],
    everything: Iterable[Setting],
    zone: str | None,
) -> list[Row]:
    """The fields of a record, in their order, with the names of people; moments are those of a zone."""
    names = names_in(everything)
    return [
        _row(deps, language, name, _in_zone(deps.date_formats, language, name, value, zone), names)
        for name, value in record.items()
    ]


def by_part(kind: SettingKind, rows: Iterable[Row]) -> list[tuple[str, list[Row]]]:
    """The rows of each part of a setting, in the order of its forms; those of no part come last."""
    parts: dict[str, list[Row]] = {part: [] for part in (*PARTS.get((kind, "change"), ()), "")}
    for row in rows:
        parts[part_of(kind, row.name)].append(row)
    return [(part, found) for part, found in parts.items() if found]


def history_of(history: Iterable[HistoryEntry], everything: Iterable[Setting]) -> Iterator[HistoryRow]:
    """The history of a setting with the names of people."""
    names = names_in(everything)
    for chapter in history:
        fact = chapter.facts[-1]
        yield HistoryRow(
            version=chapter.after.version,
            what=_what(fact, chapter.after.kind),
            at=fact.at,
            by=names.get(fact.by.id, fact.by.id) if fact.by.is_staff else "",
            kind=fact.by.kind,
            reason=fact.reason if isinstance(fact, SettingFact) else None,
            changed=tuple(name for name in chapter.changed if name != "id"),
        )


def _what(fact: object, kind: SettingKind) -> str:
    """What happened: of an automation rule, cases that wait already were looked at."""
    is_awaited = isinstance(fact, events.CasesReckoned) and kind is SettingKind.AUTOMATION
    return "awaited" if is_awaited else _WHAT.get(type(fact), "changed")


def names_in(everything: Iterable[Setting]) -> dict[str, str]:
    """The names of all members, by their ids."""
    return {each.id: each.record.name for each in everything if isinstance(each.record, Member)}


def _in_zone(date_formats: "DateFormats", language: str, name: str, value: Any, zone: str | None) -> Any:
    if name not in _MOMENTS or value is None:
        return value
    at = datetime.fromisoformat(value).astimezone(ZoneInfo(zone or "UTC"))
    return date_formats.moment(language, at)


def _row(deps: "Container", language: str, name: str, value: Any, names: Mapping[str, str]) -> Row:
    if isinstance(value, bool):
        return Row(name, (deps.catalogues.text(language, "office.yes" if value else "office.no"),))
    if not value:
        return Row(name, (deps.catalogues.text(language, "office.none"),))
    if name == "roles":
        return Row(name, tuple(deps.catalogues.text(language, f"pages.desk.role.{role}") for role in value))
    if name == "state":
        family = "automation.state." if value in tuple(RuleState) else "office.invitation."
        return Row(name, (deps.catalogues.text(language, f"{family}{value}"),))
    if name == "when":
        return Row(name, (deps.catalogues.text(language, f"automation.when.{value}"),))
    if name == "raise_to":
        return Row(name, (deps.catalogues.text(language, f"case.priority.{value}"),))
    if name == "tell":
        return Row(name, tuple(deps.catalogues.text(language, f"case.to.{each}") for each in value))
    if name == "channels":
        return Row(name, tuple(deps.catalogues.text(language, f"case.channel.{each}") for each in value))
    if name in ("language", "languages"):
        tags = (value,) if isinstance(value, str) else value
        return Row(name, tuple(own_name(deps.catalogues, tag) for tag in tags))
    if name == "letter_language":
        return Row(name, (own_name(deps.catalogues, value),))
    if name in _OF_MEMBERS:
        return Row(name, (names.get(value, value),))
    if name in _DAYS:
        return Row(name, (deps.date_formats.day(language, date.fromisoformat(value)),))
    if name == "windows":
        hours = (
            (day_name(deps.catalogues, language, day), hours_in_words(each)) for day, each in value.items()
        )
        return Row(name, tuple(f"{day}: {each}" for day, each in hours))
    if name == "use":
        return Row(name, (deps.catalogues.text(language, f"standard.use.{value}"),))
    if isinstance(value, str | int | float):
        return Row(name, (str(value),))
    if isinstance(value, dict) and all(isinstance(each, str) for each in value.values()):
        return Row(name, tuple(f"{own_name(deps.catalogues, tag)}: {text}" for tag, text in value.items()))
    if isinstance(value, list | tuple) and all(isinstance(each, str) for each in value):
        return Row(name, tuple(value))
    return Row(name, (), json.dumps(value, ensure_ascii=False, indent=2))
