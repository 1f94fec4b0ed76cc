"""A point of a complaint: one thing of several, with its finding, its cause and its answer."""

from msgspec import Struct

from complaints.values.field_types import CodeName, Outcome, Remedy


class PointAnswer(Struct, frozen=True, kw_only=True, omit_defaults=True):
    """What is answered to a point and not decided yet; the reasons stand in the private item of `entry`."""

    outcome: Outcome
    outcome_code: CodeName | None = None
    entry: int
    remedies: tuple[Remedy, ...] = ()


class DecidedPoint(Struct, frozen=True, kw_only=True, omit_defaults=True):
    """What a decision says on the point with this `id`; `places` are those of its remedies in the decision.

    The reasons stand in the private item of `entry`, which is that of the answer.
    """

    id: str
    outcome: Outcome
    outcome_code: CodeName | None = None
    entry: int
    places: tuple[int, ...] = ()


class KnownPoint(Struct, frozen=True, kw_only=True):
    """A point with its words, as it was raised."""

    category: CodeName | None
    text: str
    remedy_sought: str | None


class Point(Struct, frozen=True, kw_only=True, omit_defaults=True):
    """One point. Its words stand in the private item of `entry`, its last finding in that of `found`.

    `answer` is to come with the next decision; `decided` is what the complainant was told last.
    """

    id: str
    entry: int
    category: CodeName | None = None
    found: int | None = None
    cause: str | None = None
    answer: PointAnswer | None = None
    decided: DecidedPoint | None = None
