"""What callers without an account are answered, as types: the description of the API is made of them.

They are no code that answers: a test holds real answers against them. Fields may be added to an answer at any
time, so none of these types forbids more than it names.
"""

from datetime import date
from typing import Annotated, Literal, NotRequired, TypedDict

from msgspec import Meta

from complaints.model.attachment import AttachmentState, FileType
from complaints.values.values import Feedback, Outcome, Remedy, Stage

Moment = Annotated[
    str, Meta(description="RFC 3339, with the offset of the site", extra_json_schema={"format": "date-time"})
]
Reference = Annotated[str, Meta(examples=["C-7K3M9-QX2HT-7"])]
Cursor = Annotated[str, Meta(description="Where the list goes on, good for a day; null at its end")] | None
Level = Annotated[
    int, Meta(ge=1, le=3, description="1 front line, 2 review by somebody else, 3 outside the organisation")
]
Code = Annotated[str, Meta(description="A code of the site's lists; `/v1/form` has the words of categories")]


class Health(TypedDict):
    status: Literal["ok"]


class Labelled(TypedDict):
    """A code with its words in the language that was asked for."""

    code: str
    label: str


class Offered(TypedDict):
    """A promise before there is a complaint."""

    clock: str
    why: str


class FilesTaken(TypedDict):
    """Which files can be added: of these types, of `size` bytes at most, `count` of them; `hint` says so."""

    types: list[str]
    size: int
    count: int
    hint: str


class FormNeeds(TypedDict):
    """What a form needs to be drawn; `limits` are code points."""

    site: str
    name: str
    language: str
    languages: list[str]
    open: bool
    categories: list[Labelled]
    feedback: list[Labelled]
    limits: dict[str, int]
    files: FilesTaken
    promises: list[Offered]
    notice: str | None
    contact: str | None
    procedure_url: str
    proof_wanted: bool


class Challenge(TypedDict):
    """A challenge of ALTCHA, version 1."""

    algorithm: Literal["SHA-256"]
    challenge: str
    salt: str
    signature: str
    maxnumber: int


class DayLeftOut(TypedDict):
    """A holiday that did not count."""

    date: date
    name: str


class Promise(TypedDict):
    """Until when, and why: one for each purpose, the strictest of the packs.

    While a clock is paused `due` is null. `kept` says of a promise that has ended whether it was in time.
    """

    clock: str
    name: str
    due: Moment | None
    due_text: str | None
    why: str
    left_out: list[DayLeftOut]
    paused_since: NotRequired[Moment]
    kept: NotRequired[bool]


class Receipt(TypedDict):
    """A complaint was taken; `access` opens it, and is shown here only."""

    reference: Reference
    access: str
    status_url: str
    received_at: Moment
    promises: list[Promise]
    zone_text: Annotated[str | None, Meta(description="Whose time each `due_text` is in, in words")]


MessageShown = TypedDict(
    "MessageShown",
    {
        "id": int,
        "from": Literal["organisation", "you"],
        "kind": Literal["message", "question"],
        "at": Moment,
        "text": str,
        "of": NotRequired[Reference],
        "redacted": NotRequired[bool],
    },
)


class NextStep(TypedDict):
    """What the complainant can do now, in words."""

    action: str
    text: str


class ToldDecision(TypedDict):
    """A decision as the complainant was told it."""

    outcome: Outcome
    reasons: str
    remedies: list[Remedy]
    remedies_done: list[str]
    told_at: Moment


class File(TypedDict):
    """A file of a complaint; `reason` says why one was refused."""

    id: str
    name: str
    type: FileType
    size: int
    state: AttachmentState
    reason: NotRequired[str]
    of: NotRequired[Reference]


class OnBehalfOf(TypedDict):
    """The person for whom somebody else complains."""

    name: str
    relation: str | None
    authority: str | None


class PublicView(TypedDict):
    """A complaint as the complainant sees it. `opened_as` is the reference of an older link."""

    reference: Reference
    stage: Stage
    level: Level
    feedback: Feedback
    language: str
    received_at: Moment
    promises: list[Promise]
    subject: str | None
    description: str | None
    on_behalf_of: OnBehalfOf | None
    decision: ToldDecision | None
    next_steps: list[NextStep]
    messages: list[MessageShown]
    attachments: list[File]
    parts: list[Reference]
    opened_as: Reference | None


class Messages(TypedDict):
    items: list[MessageShown]
    next: Cursor


class Upload(TypedDict):
    """How a file is sent: once, with just these headers."""

    method: str
    url: str
    headers: dict[str, str]


class Place(TypedDict):
    """A place for one file; no `upload` when the time is over, or it came already."""

    id: str
    upload: Upload | None
    expires_at: Moment


class FetchedFile(TypedDict):
    """A kept file, with the address where it can be fetched until `expires_at`."""

    id: str
    name: str
    type: FileType
    size: int
    state: AttachmentState
    url: str
    expires_at: Moment


class WrongField(TypedDict):
    """One wrong field, by its JSON pointer (RFC 6901)."""

    pointer: str
    detail: str


class Problem(TypedDict):
    """A problem (RFC 9457); `type` has a page. `allowed_commands` stand with `/problems/not-now` only."""

    type: Annotated[str, Meta(pattern="^/problems/[a-z-]+$")]
    title: str
    status: Annotated[int, Meta(ge=400, le=599)]
    detail: str
    instance: NotRequired[str]
    errors: NotRequired[list[WrongField]]
    rule: NotRequired[str | None]
    allowed_commands: NotRequired[list[str]]
