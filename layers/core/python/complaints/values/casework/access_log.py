"""The access log: which member of staff read what of which case, in which hour (clause 4: confidentiality).

What somebody changed is a fact of the case, and stands in its chain; here stands what was only looked at.
"""

from datetime import UTC, datetime
from enum import StrEnum

from msgspec import Struct

from complaints.values.people import Role


class AccessKind(StrEnum):
    """What was read of a case: the page or the whole case by the API, its audit trail, letters, a file, what
    is known of the person, a sealed identity that was opened, the archive for an ombudsman. Of many cases: an
    export, a search, or an evidence pack that was fetched."""

    CASE = "case"
    AUDIT = "audit"
    LETTERS = "letters"
    FILE = "file"
    PERSON = "person"
    IDENTITY = "identity"
    CASE_FILE = "case_file"
    EXPORT = "export"
    SEARCH = "search"
    PACK = "pack"


class Handles(StrEnum):
    """Who had the case when it was read: the reader, nobody, or somebody else."""

    READER = "reader"
    NOBODY = "nobody"
    OTHER = "other"


class AccessMark(Struct, frozen=True):
    """What is written once an hour at most: that a member read something of a case, or of a site's cases.

    `place` is the reference of the case; of an export and a search, `site#` and the key of the site. `hour`
    is of UTC: `2026-11-28T20`.
    """

    place: str
    member: str
    kind: AccessKind
    hour: str


class AccessEntry(Struct, frozen=True, kw_only=True, omit_defaults=True):
    """An entry of the access log. `at` is the first moment in that hour, `roles` what the member then had.

    `times` says how often a search or an export was asked for in it: no word of a search is kept, for it may
    be the name of somebody. A case was `sensitive` by its category when it was read, or a `data_request`, one
    about personal data, or both.
    """

    place: str
    member: str
    kind: AccessKind
    site: str
    at: datetime
    roles: tuple[Role, ...] = ()
    handled_by: Handles = Handles.OTHER
    sensitive: bool = False
    data_request: bool = False
    times: int = 1

    @property
    def reference(self) -> str | None:
        """The case; `None` for what was read of many."""
        return None if self.place.startswith("site#") else self.place


def mark_of(place: str, member: str, kind: AccessKind, at: datetime) -> AccessMark:
    """The mark of something that is read at a moment.

    >>> mark_of("C-7K3M9-QX2HT-7", "deniz", AccessKind.CASE, datetime(2026, 11, 28, 20, 15, tzinfo=UTC)).hour
    '2026-11-28T20'
    """
    return AccessMark(place, member, kind, f"{at.astimezone(UTC):%Y-%m-%dT%H}")
