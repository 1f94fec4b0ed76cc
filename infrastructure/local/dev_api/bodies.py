"""The request bodies of the developer API, and the refusal of wrong ones."""

from datetime import datetime, timedelta
from typing import Annotated, Any, TypeVar

import msgspec
from msgspec import Meta, Struct

from infrastructure.local.gateway.http import Answer, problem

Wish = TypeVar("Wish", bound=Struct)


class MoveClock(Struct, forbid_unknown_fields=True):
    """`now` is the new present, `advance` a duration (ISO 8601): one of them."""

    now: Annotated[datetime, Meta(tz=True)] | None = None
    advance: timedelta | None = None
    late: bool = False


class MakeToken(Struct, forbid_unknown_fields=True):
    """Whose token; `claims` replace single claims, or drop them (null)."""

    role: Annotated[str, Meta(min_length=1, max_length=100)]
    name: Annotated[str, Meta(min_length=1, max_length=200)]
    claims: dict[str, Any] = {}


class Refused(Exception):
    """A request to the developer API that is answered with a problem."""

    def __init__(self, status: int, kind: str, title: str, detail: str = "") -> None:
        super().__init__(title)
        self.answer: Answer = problem(status, kind, title, detail)


def read(body: bytes, shape: type[Wish]) -> Wish:
    """The body as `shape`. Raises Refused: 400 for what is no JSON, 422 for what does not fit."""
    try:
        return msgspec.json.decode(body, type=shape)
    except msgspec.ValidationError as error:
        raise Refused(422, "invalid", "The request does not fit.", str(error)) from error
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError) as error:
        raise Refused(400, "malformed", "The request cannot be read.", str(error)) from error
