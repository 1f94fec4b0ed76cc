"""The parties beside the complainant: authority to act for somebody, and who is complained about."""

from datetime import date, datetime
from enum import StrEnum

from msgspec import Struct


class AuthorityStep(StrEnum):
    """How far the authority of a representative is: the last step ends the representation."""

    ASKED = "asked"
    RECEIVED = "received"
    CHECKED = "checked"
    REFUSED = "refused"
    ENDED = "ended"


class Authority(Struct, frozen=True, kw_only=True, omit_defaults=True):
    """The authority to act for somebody: the last step, by which member, and until when it holds.

    The evidence is a private value of `entry`.
    """

    step: AuthorityStep
    at: datetime
    by: str
    entry: int
    until: date | None = None

    def holds(self, on: date) -> bool:
        """Whether it was checked, and is not over on a date."""
        return self.step is AuthorityStep.CHECKED and (self.until is None or on <= self.until)


class RespondentKind(StrEnum):
    """Whether a person is complained about, or a unit of the organisation or outside of it."""

    PERSON = "person"
    UNIT = "unit"


class Respondent(Struct, frozen=True, kw_only=True, omit_defaults=True):
    """Somebody who is complained about: the name is a private value of `entry`, their side one of `side`."""

    id: str
    kind: RespondentKind
    entry: int
    asked_at: datetime | None = None
    side: int | None = None


class LettersWanted(StrEnum):
    """Which letters somebody gets who complains together with others."""

    ALL = "all"
    DECISION = "decision"
    NONE = "none"


class JointComplainant(Struct, frozen=True, omit_defaults=True):
    """Somebody who complains together with the complainant; the details are private values of `entry`.

    Copies of letters are `on_paper` for one without a mail address.
    """

    id: str
    entry: int
    letters: LettersWanted
    on_paper: bool = False
