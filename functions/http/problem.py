"""A refusal as an answer says it (RFC 9457)."""

from typing import Annotated

from msgspec import UNSET, Meta, Struct, UnsetType

from complaints.values.competence import Lacking


class WrongField(Struct, frozen=True, kw_only=True):
    """One wrong field, by its JSON pointer (RFC 6901)."""

    pointer: str
    detail: str


class Problem(Struct, frozen=True, kw_only=True):
    """A problem (RFC 9457); `type` has a page. `allowed_commands` stand with `/problems/not-now` only,
    `lacking` with its rule `competence`: the topics without a record that holds, and when the last ended."""

    type: Annotated[str, Meta(pattern="^/problems/[a-z-]+$")]
    title: str
    status: Annotated[int, Meta(ge=400, le=599)]
    detail: str
    errors: list[WrongField] | UnsetType = UNSET
    rule: str | UnsetType | None = UNSET
    allowed_commands: tuple[str, ...] | UnsetType = UNSET
    lacking: tuple[Lacking, ...] | UnsetType = UNSET
    instance: str | UnsetType = UNSET
