"""Everything about me, as types: what a complainant takes away of a complaint."""

from typing import NotRequired, TypedDict

from complaints.values.values import Channel, ComplainantKind, Feedback, Mark, Stage
from functions.serializers.complaint import Promise
from functions.serializers.field_types import Level, Moment, Reference
from functions.serializers.files import File
from functions.serializers.messages import MessageShown
from functions.serializers.public_view import OnBehalfOf, ToldDecision


class OwnPerson(TypedDict):
    """Who complained, and how the person can be reached."""

    name: str | None
    email: str | None
    phone: str | None
    post: str | None
    kind: ComplainantKind | None


class OwnWords(TypedDict):
    """What was said at the beginning."""

    subject: str | None
    description: str
    category: str | None
    product: str | None
    occurred_on: str | None
    remedy_sought: str | None
    special_needs: str | None


class Happened(TypedDict):
    """Something that happened, in words; `reason` is what the person wrote."""

    at: Moment
    event: str
    text: str
    reason: NotRequired[str]


class OwnLetter(TypedDict):
    """A letter to the person; `fate` is what the mail service said of it last."""

    kind: str
    called_for: Moment
    on_paper: bool
    state: str
    fate: str | None


class OwnSurvey(TypedDict):
    """What the person said about the handling."""

    easy: Mark
    respect: Mark
    understood: Mark
    time: Mark
    outcome: Mark | None
    text: str | None


class OwnPart(TypedDict):
    """All that is held of one complaint."""

    reference: Reference
    received_at: Moment
    complainant: OwnPerson
    on_behalf_of: OnBehalfOf | None
    complaint: OwnWords
    channel: Channel
    language: str
    notice_version: str
    happened: list[Happened]
    messages: list[MessageShown]
    promises: list[Promise]
    letters: list[OwnLetter]
    files: list[File]
    survey: OwnSurvey | None


class OwnData(OwnPart):
    """The same of the complaint that goes on, with those that became part of it."""

    made_at: Moment
    organisation: str
    left_out: str
    stage: Stage
    level: Level
    feedback: Feedback
    decision: ToldDecision | None
    parts: list[OwnPart]
