"""Competence: what members of staff were trained in, and until when that holds (ISO 10002, 4 and 6.4)."""

from datetime import date
from enum import StrEnum

from msgspec import Struct


class Topic(StrEnum):
    """What whoever handles complaints is trained in. `LAW` is that of the trade of the site."""

    PROCEDURE = "procedure"
    LISTENING = "listening"
    LAW = "law"
    DATA_PROTECTION = "data_protection"
    SAFETY = "safety"
    SYSTEM = "system"
    DE_ESCALATION = "de_escalation"
    ACCESSIBILITY = "accessibility"


class Competence(Struct, frozen=True, omit_defaults=True):
    """A record for a topic that holds `until` a day, that one included; without one it holds for ever."""

    topic: Topic
    until: date | None = None


class Lacking(Struct, frozen=True):
    """A topic without a record that holds; the last one, if there was any, `ended` on a day."""

    topic: Topic
    ended: date | None = None
