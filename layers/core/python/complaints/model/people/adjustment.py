"""Adjustments that a person needs (ISO 10002, clause 4: accessibility): kinds that letters obey."""

from enum import StrEnum

from msgspec import Struct


class AdjustmentKind(StrEnum):
    """What is done otherwise for a person."""

    LARGE_PRINT = "large_print"
    PLAIN_LANGUAGE = "plain_language"
    INTERPRETER = "interpreter"
    TEXT_TELEPHONE = "text_telephone"
    CALL_TIMES = "call_times"
    NO_TELEPHONE = "no_telephone"
    EXTRA_TIME = "extra_time"
    CONTACT_PERSON = "contact_person"


NEED_DETAILS = frozenset(
    {AdjustmentKind.INTERPRETER, AdjustmentKind.CALL_TIMES, AdjustmentKind.CONTACT_PERSON}
)
"""What says nothing by itself: which language, at which times, whom to call."""


class KnownNeed(Struct, frozen=True):
    """An adjustment with its details, as it is known of a person."""

    kind: AdjustmentKind
    details: str | None


class Adjustment(Struct, frozen=True):
    """An adjustment that is needed; its details are a private value of `entry`."""

    kind: AdjustmentKind
    entry: int
