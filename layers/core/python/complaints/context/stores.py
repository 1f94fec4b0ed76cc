"""Ports of what stands in the table, as the functions use it. `Cases` and the world outside are in `ports`.

Each call may raise `errors.Unavailable`; what writes under a condition says what else it raises. The
contract tests hold the stores to these promises.

What one read finds of a member of staff who comes in.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from datetime import date, datetime
from typing import TYPE_CHECKING, NamedTuple, Protocol

from complaints.context.ports import Cases
from complaints.values.casework.saved_filters import SavedFilters
from complaints.values.people import Member, Session

if TYPE_CHECKING:
    from complaints.audit_trail.hash_chain import StoredEntry
    from complaints.case.correspondence.mail import ReceivedMail
    from complaints.context.case import Case, CaseLookup, Due, Guard
    from complaints.context.ports import DueShare
    from complaints.promise_packs.schema import Pack
    from complaints.site.site import Site, SiteTerms
    from complaints.values.casework.access_log import AccessEntry, AccessMark
    from complaints.values.casework.bulk_commands import BulkCommand
    from complaints.values.casework.presence import Present
    from complaints.values.casework.retention import RetentionCandidate, RetentionRun


class MemberLookup(NamedTuple):
    """Who comes in, the session that goes on, whom the request is about, and the filters of who comes in.

    `counts` says how many cases each queue has, by site and name, and those of an owner who was asked for, by
    `count_of_owner`; a site that nobody counted is left out.
    """

    member: Member | None
    session: Session | None
    of: Member | None
    views: SavedFilters | None
    counts: Mapping[str, Mapping[str, int]] = {}


def count_of_owner(queue: str, owner: str | None) -> str:
    """The name of the number that a queue has of the cases of one member."""
    return f"{queue}:{owner}"


class CaseStore(Cases, Protocol):
    """Cases, with what a command or a page reads beside one of them."""

    def load_all(self, references: Iterable[str]) -> dict[str, Case]:
        """The cases with these references that there are, in one consistent batch read."""

    def look_up(
        self,
        reference: str,
        members: Iterable[str] = (),
        guard: str | None = None,
        session: str = "",
        last: int = 0,
        access: AccessMark | None = None,
    ) -> CaseLookup:
        """A case with the members, the guard and the session that a command needs, and whether the access log
        has a mark, in one consistent batch read. With it come those of the `last_entries` that the store
        knows of beforehand: all, some or none; always the first one where that alone is asked for.
        """

    def spend(self, guard: Guard) -> bool:
        """Sets a guard on its own; `False` where it exists already."""

    def spend_together(self, guards: Iterable[Guard]) -> None:
        """Sets new guards in one transaction."""


class DataKeys(Protocol):
    """The keys that the private values of cases are encrypted with, one a case."""

    def destroy(self, reference: str) -> None:
        """Destroys the key of a case, if there is one: what people wrote in it is forgotten. Its entries
        stay, and verify."""


class Erasures(Protocol):
    """Cases that are being erased. What is removed twice is removed once."""

    def waiting(self, now: datetime) -> Iterator[str]:
        """The cases whose erasure was asked for and is not finished, the oldest first."""

    def put_off(self, reference: str, now: datetime) -> None:
        """Names a case again after a while only, so that it blocks no other."""

    def letters_stopped(self, reference: str, now: datetime) -> bool:
        """Lets no letter of the case leave any more, nor say from which group of networks it came; `False`
        while one is just being sent."""

    def mails(self, site: str, reference: str, since: datetime, until: datetime) -> Iterator[ReceivedMail]:
        """The mails of a site that came in between and belong to the case."""

    def is_needed(self, mail: ReceivedMail, sites: Iterable[str]) -> bool:
        """Whether one of these sites has the same mail for another case, too: it came to both."""

    def remove_mail(self, mail: ReceivedMail) -> None:
        """Removes a mail from its list."""

    def remove_letters(self, reference: str) -> int:
        """Removes the letters of the case as they were sent, unless they are still to leave; how many."""

    def remove_private(self, reference: str) -> None:
        """Removes all private values of the case, and its letters as they were rendered."""


class Retention(Protocol):
    """Cases that have ended, and what the retention rules of sites did, day by day."""

    def ended(self, site: str, before: datetime, after: str | None = None) -> Iterator[RetentionCandidate]:
        """The cases of a site that ended before a moment and are not erased, the oldest first; those
        `after` a place."""

    def waiting_mail(self, site: str, reference: str) -> datetime | None:
        """When the latest mail came that is of a case and waits for staff, if one does."""

    def run_of(self, site: str, day: date) -> RetentionRun | None:
        """The run of a day, if there was one."""

    def keep(self, run: RetentionRun) -> None:
        """Writes a run as it is now. Raises `errors.Stale` where the same revision was written meanwhile."""

    def runs(self, site: str, limit: int, until: date | None = None) -> Sequence[RetentionRun]:
        """The last runs of a site, the latest first; those up to a day, if one is named."""


class Sites(Protocol):
    """Sites and what they promise, as they were at most a minute ago."""

    def terms(self, key: str) -> SiteTerms:
        """The terms of a site. Raises `errors.Invalid` where there is none."""

    def terms_as(self, site: Site) -> SiteTerms:
        """The terms of a site as if it had this profile."""

    def terms_with(self, key: str, name: str, packs: tuple[Pack, ...]) -> SiteTerms:
        """The terms of a site as if it used only these packs, stored under a name."""

    def all(self) -> Sequence[Site]:
        """Every site, read without the cache."""

    def forget(self, name: str) -> None:
        """Drops a changed site from the cache, or all sites that promise by a changed own pack."""


class Members(Protocol):
    """Members of staff."""

    def find(self, member: str) -> Member | None:
        """The member of that id, read anew."""

    def look_up(
        self,
        member: str,
        session: str,
        of: str | None = None,
        *,
        with_views: bool = False,
        counted: Mapping[str, Collection[date]] = ...,
        owner: str | None = None,
    ) -> MemberLookup:
        """A member with the session that somebody brings, if any, another member whom the request is about,
        the filters that the member saved, and the numbers of the queues of some sites, in one consistent
        batch read.

        `counted` says by site on which local dates is due what is due soon there; the numbers of one more
        `owner` come with them.
        """

    def known(self, now: datetime) -> Sequence[Member]:
        """The members as of at most a minute ago: for names and choices, never for permissions."""

    def all(self) -> Sequence[Member]:
        """Every member, read anew."""


class Sessions(Protocol):
    """Sessions of staff in their browsers."""

    def find(self, session: str) -> Session | None:
        """The session of that id, if there is one."""

    def keep(self, session: Session, expires: datetime) -> None:
        """Writes a session as it is now; its item may be removed from `expires` on."""


class BulkCommandStore(Protocol):
    """Commands on many cases, each for a month. Each call may raise `errors.Unavailable`."""

    def keep(self, bulk: BulkCommand) -> None:
        """Writes one. Raises `errors.Stale` where the same revision was written meanwhile."""

    def find(self, id: str) -> BulkCommand | None:
        """The one with this id."""


class PresenceStore(Protocol):
    """Who looks at which case now: a hint that is kept for minutes."""

    def announce(self, reference: str, me: Present) -> Sequence[Present]:
        """Says that somebody is there; all who said so lately, in one write."""


class AccessLog(Protocol):
    """Who read what: at most one entry for each member, case, hour and kind of reading."""

    def note(self, entry: AccessEntry, expires: datetime) -> None:
        """Writes an entry, or counts it once more."""

    def of_place(self, place: str, limit: int) -> Sequence[AccessEntry]:
        """Who read a case, the latest first."""

    def of_member(self, member: str, since: date, until: date, limit: int) -> Sequence[AccessEntry]:
        """What a member read on these dates of UTC, the latest first."""

    def of_site(self, site: str, day: date, limit: int) -> Sequence[AccessEntry]:
        """What was read at a site on a date of UTC, the latest first."""


class SavedFilterStore(Protocol):
    """The filters that members saved."""

    def keep(self, views: SavedFilters) -> None:
        """Writes all filters of a member. Raises `errors.Stale` where others were written meanwhile."""


class Messages(Protocol):
    """Entries of cases with their texts, in as few reads as there can be."""

    def of_entries(
        self, reference: str, numbers: Iterable[int], *, with_identity: bool = False
    ) -> Sequence[StoredEntry]:
        """These entries in their order, in one batch read (at most 49, or 33 with a sealed identity); who
        complains in a sealed case only where that is asked for."""

    def of_cases(self, numbers_of: Mapping[str, Collection[int]]) -> Mapping[str, Sequence[StoredEntry]]:
        """These entries of several cases, each in its order: one batch read for every 33 of them. A case of
        which none is there is left out."""

    def numbers_before(self, reference: str, number: int, limit: int) -> Sequence[int]:
        """The numbers of up to `limit` messages before entry `number`, the latest first."""


class Agenda(Protocol):
    """What falls due when. It is a hint: read the item itself before acting on it."""

    def due(
        self, now: datetime, *, latest_first: bool = False, share: DueShare | None = None
    ) -> Iterator[Due]:
        """All that is due by `now`, read page by page as it is asked for; or a share of it, in which what is
        most urgent comes first."""

    def shares(self, now: datetime, each: int, most: int) -> Sequence[DueShare]:
        """What is due by `now` in at most so many shares of about `each`; one of at most as many is no share:
        there are none then."""

    def put_off(self, due: Due, now: datetime) -> None:
        """Names it again after a while only, unless it has changed: failing items do not block others."""

    def pulse(self, now: datetime) -> None:
        """Changes an item that means nothing: what follows the stream hears of it though nobody complains."""


class InboundMailStore(Protocol):
    """Mails that came in, by site. A mail has a name, which stands in addresses."""

    def keep(self, mail: ReceivedMail) -> ReceivedMail:
        """Keeps a mail; in the same place when it is delivered twice, unless it was settled meanwhile.

        Returns it as it is kept: one whose case was erased meanwhile without its words.
        """

    def settle(self, mail: ReceivedMail) -> ReceivedMail:
        """Keeps a mail with what staff made of it; returns it as it is kept, as `keep` does."""

    def name_of(self, mail: ReceivedMail) -> str:
        """What a mail is called in addresses."""

    def place_of(self, mail: ReceivedMail) -> str:
        """Where a mail stands in its list: a page may go on after it."""

    def find(self, site: str, name: str) -> ReceivedMail | None:
        """The mail of a site with this name; nothing for what is no name."""

    def taken_by(self, references: Collection[str], site: str, at: datetime) -> Sequence[ReceivedMail]:
        """The mails that these cases of a site may have taken at an instant: mail received shortly
        before."""

    def page(self, site: str, *, after: str | None, limit: int) -> tuple[Sequence[ReceivedMail], str | None]:
        """Up to `limit` mails of a site, the newest first, and where the next page goes on."""
