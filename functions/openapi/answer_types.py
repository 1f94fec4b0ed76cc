"""What callers without an account are answered, as types: the description of the API is made of them.

They are no code that answers: a test holds real answers against them. Fields may be added to an answer at any
time, so none of these types forbids more than it names.
"""

from typing import Annotated, Literal, NotRequired, TypedDict

from msgspec import Meta


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
