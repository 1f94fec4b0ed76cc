"""What a kind of record says of itself, once: its content, its commands, their rules, and when it is due."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import date, datetime
from typing import Any

from msgspec import Struct

from complaints.case.correspondence.letter import Letter
from complaints.management.record import Content, ManagementRecord, RecordCommand, RecordFact, RecordKind
from complaints.site.site import Site
from complaints.values.codes import CodeList
from complaints.values.people import Actor, Member, Role

READERS = frozenset({Role.REVIEWER, Role.QUALITY, Role.AUDITOR, Role.PRIVACY, Role.ADMIN})
"""Whoever reads what is about the process, and not about a case."""


class RecordsContext(Struct, frozen=True, kw_only=True):
    """What a rule is judged by besides record and command.

    `now` is aware, `today` the date of the site then. `members` are all of the `site`, those who left
    included, `accounts` ids under which who asks is one, too. `records` are those of the kinds that the
    declaration `needs`, all of the site. `gathered` was looked up for the command: figures of a period, or
    the cases of one.
    """

    now: datetime
    today: date
    by: Actor
    site: Site
    members: tuple[Member, ...] = ()
    records: Sequence[ManagementRecord] = ()
    gathered: Any = None
    accounts: frozenset[str] = frozenset()

    def is_own(self, member: str | None) -> bool:
        """Whether a member is who asks, be it under another id."""
        return member == self.by.id or member in self.accounts


Rule = Callable[[ManagementRecord, Any, RecordsContext], Content]
"""The whole content after a command. Raises a `Refusal`; the same content means that nothing happens."""


def never(content: Any, reminded: datetime | None) -> datetime | None:
    """The schedule never looks at it."""
    return None


def never_ordered(content: Any) -> datetime | None:
    """It is no file that waits to be made."""
    return None


def no_reminders(record: ManagementRecord, context: RecordsContext) -> Iterable[Letter]:
    """Nobody is written to."""
    return ()


def nothing_follows(
    before: ManagementRecord, after: ManagementRecord, context: RecordsContext
) -> Iterable[tuple[ManagementRecord, RecordCommand]]:
    """No other record begins with it."""
    return ()


def always(content: Any, by: Actor) -> Iterable[str] | None:
    """Every verb that the role allows."""
    return None


def for_one_version(verb: str, content: Any) -> int | None:
    """A command holds for the version that was looked at, and no other."""
    return None


class RecordDeclaration(Struct, frozen=True, kw_only=True):
    """A kind of record.

    `rules` are by command, `roles` by verb; `begins` are the verbs by which a record is begun. `due` is when
    the schedule looks at a record with this content next, given when it last wrote of it; `reminders` are the
    letters to staff that are sent then. `waits_since` is when a file was ordered that is still to be made:
    one that waits is never `due`. `allowed` narrows the verbs that a person may ask for now; `None`
    leaves all that do not begin one. `summaries` say by verb what a command does, for whoever calls the API;
    `columns` are the fields of the content that a list shows, `title` is the one that a record is called by,
    empty for a kind of which a site has one; `titles` are several of which one is there. `adding` are verbs
    whose forms begin empty: what they say is added, or taken away. `reasoned` are verbs that a rule of theirs
    refuses without a reason. `of_codes` are fields that hold codes of a list of the site, `of_members` fields
    that hold the ids of members, `helped` those that a form explains. What is `unlisted` is shown by a part
    of the page that the kind brings, what is `unanswered` by no answer at all.
    `holds_from` is the first version on which a command may have been asked for to hold for this content;
    `None` means the one in force alone. `follows` are records that begin by a command of the machine when one
    of this kind becomes another: they are written in the same transaction.
    """

    kind: RecordKind
    content: type[Content]
    fact: type[RecordFact]
    rules: Mapping[type[RecordCommand], Rule]
    roles: Mapping[str, frozenset[Role]]
    begins: tuple[str, ...]
    summaries: Mapping[str, str]
    columns: tuple[str, ...] = ()
    title: str = "title"
    titles: tuple[str, ...] = ()
    adding: tuple[str, ...] = ()
    reasoned: tuple[str, ...] = ()
    of_codes: Mapping[str, CodeList] = {}
    of_members: tuple[str, ...] = ()
    helped: tuple[str, ...] = ()
    unlisted: tuple[str, ...] = ()
    unanswered: tuple[str, ...] = ()
    readers: frozenset[Role] = READERS
    needs: tuple[RecordKind, ...] = ()
    due: Callable[[Any, datetime | None], datetime | None] = never
    reminders: Callable[[ManagementRecord, RecordsContext], Iterable[Letter]] = no_reminders
    waits_since: Callable[[Any], datetime | None] = never_ordered
    allowed: Callable[[Any, Actor], Iterable[str] | None] = always
    holds_from: Callable[[str, Any], int | None] = for_one_version
    follows: Callable[
        [ManagementRecord, ManagementRecord, RecordsContext],
        Iterable[tuple[ManagementRecord, RecordCommand]],
    ] = nothing_follows

    @property
    def commands(self) -> dict[str, type[RecordCommand]]:
        """The commands by verb."""
        return {command.verb: command for command in self.rules}
