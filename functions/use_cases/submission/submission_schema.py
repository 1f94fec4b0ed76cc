"""The form of a complaint as a website sends it, and what must be true of it beside its types."""

from datetime import datetime
from typing import Annotated, Any, Literal

from msgspec import Meta, Struct, field
from msgspec.structs import fields

from complaints.case.people.adjustments import AdjustmentKind
from complaints.values.details_told import Details, Reached
from complaints.values.field_types import (
    LONGEST_TEXT,
    ComplainantKind,
    DataRight,
    Feedback,
    LongText,
    PreferredWay,
    ShortText,
    Text,
)

LIMITS = {
    "description": LONGEST_TEXT, "subject": 200, "name": 200, "other": 2_000,
    **{each.name: 200 for each in fields(Details) if each.type == ShortText | None},
}  # fmt: skip


OwnAnswers = Annotated[
    dict[str, Any],
    Meta(extra_json_schema={"additionalProperties": {"anyOf": [{"type": "string"}, {"type": "number"}]}}),
]
"""Answers to the site's own fields by their codes; each is judged by itself, so that every fault is named."""


class Person(Reached, frozen=True, kw_only=True):
    """Who complains, and how the person can be reached."""

    kind: ComplainantKind | None = None
    preferred_way: PreferredWay | None = None


class Represented(Struct, kw_only=True):
    """For whom somebody complains, and by what right."""

    name: ShortText
    relation: ShortText | None = None
    authority: Text | None = None


class Matter(Details, frozen=True, kw_only=True):
    """What somebody has to say, wherever it was said first.

    Who asks for something about their data (`feedback` is `personal_data`) may say which right they use.
    """

    site: ShortText
    feedback: Feedback = Feedback.COMPLAINT
    data_right: DataRight | None = None
    language: ShortText | None = None
    complainant: Person
    on_behalf_of: Represented | None = None
    subject: ShortText | None = None
    description: LongText
    category: ShortText | None = None
    fields: OwnAnswers = field(default_factory=dict)
    remedy_sought: Text | None = None
    special_needs: Text | None = None
    adjustments: Annotated[tuple[AdjustmentKind, ...], Meta(max_length=len(AdjustmentKind))] = ()
    danger: bool = False


class Submission(Matter, frozen=True, kw_only=True):
    """What is asked of everybody who has something to say here, however it is said."""

    consent: bool


class Form(Submission, frozen=True, kw_only=True):
    """`POST /v1/complaints`. `website` is a trap: people do not see it, robots fill it in.

    Who stays `anonymous` leaves out name and contact details, and reads the answers by the receipt.
    """

    anonymous: bool = False
    proof: str | None = None
    website: str | None = None


class ToldForm(Submission, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """`POST /v1/desk/complaints`. `consent` says that the notice was read out, or was with the letter."""

    channel: Literal["telephone", "letter", "in_person", "cfpb_portal"]
    received_at: datetime


class ImportedForm(Matter, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """`POST /v1/desk/imports`: `ended_at` says that it ended where it comes from, `acknowledge` that it is
    acknowledged here."""

    received_at: datetime
    ended_at: datetime | None = None
    acknowledge: bool = False
