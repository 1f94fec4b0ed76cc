"""Bodies of forms that were sent without a script."""

from collections.abc import Iterable
from typing import Any
from urllib.parse import parse_qsl

from complaints.values.errors import TooLarge, Unreadable, WrongType
from functions.http.parsing.json_body import MOST_BYTES
from functions.http.request import Request

MOST_FIELDS = 20


class FormData(dict[str, str]):
    """What a form sent: the last value of each name; `getlist` has all of them."""

    def __init__(self, fields: Iterable[tuple[str, str]] = ()) -> None:
        self._lists: dict[str, list[str]] = {}
        for name, value in fields:
            self._lists.setdefault(name, []).append(value)
        super().__init__({name: values[-1] for name, values in self._lists.items()})

    def getlist(self, name: str) -> list[str]:
        """All values of a name, in their order."""
        return self._lists.get(name, [])


def form_of_request(request: Request, most: int = MOST_FIELDS) -> FormData:
    """What the form of a request sent, of `most` fields. Raises as `read_form` does."""
    return read_form(request.raw, request.headers.get("content-type", ""), most)


def read_form(raw: bytes, content_type: str, most: int = MOST_FIELDS) -> FormData:
    """The fields of a form. Raises `WrongType`, `TooLarge`, `Unreadable`."""
    return FormData(read_fields(raw, content_type, most))


def read_fields(raw: bytes, content_type: str, most: int = MOST_FIELDS) -> list[tuple[str, str]]:
    """The fields of a form as they come, names more than once too. Raises as `read_form` does."""
    if len(raw) > MOST_BYTES:
        raise TooLarge
    if content_type.partition(";")[0].strip().lower() != "application/x-www-form-urlencoded":
        raise WrongType
    try:
        fields = parse_qsl(raw.decode("ascii"), keep_blank_values=True, errors="strict", max_num_fields=most)
    except ValueError as error:
        raise Unreadable from error
    if any("\0" in part for field in fields for part in field):
        raise Unreadable
    return fields


def put_at_pointer(body: dict[str, Any], pointer: str, value: object) -> None:
    """Puts what a field says where a JSON pointer (RFC 6901) of names leads to, and makes the way there."""
    *parents, name = pointer[1:].split("/")
    for parent in parents:
        body = body.setdefault(parent, {})
    body[name] = value
