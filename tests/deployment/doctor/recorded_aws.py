"""AWS as it was recorded: answers by service and operation, and a refusal where there is none."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any

from botocore.exceptions import ClientError

Answers = Mapping[tuple[str, str], Any]


class RecordedSession:
    """Stands in for `boto3.Session`; an answer that is a text is the code of an error."""

    def __init__(self, answers: Answers) -> None:
        self.answers = answers

    def client(self, service: str, region_name: str = "") -> "_Client":
        return _Client(service, self.answers)


class _Client:
    def __init__(self, service: str, answers: Answers) -> None:
        self._service, self._answers = service, answers

    def __getattr__(self, operation: str) -> Callable[..., Any]:
        return lambda **_: self._answer(operation)

    def get_paginator(self, operation: str) -> "_Paginator":
        return _Paginator(lambda: self._answer(operation))

    def _answer(self, operation: str) -> Any:
        found = self._answers.get((self._service, operation), "AccessDenied")
        if isinstance(found, str):
            raise ClientError({"Error": {"Code": found, "Message": "recorded"}}, operation)
        return found


class _Paginator:
    def __init__(self, answer: Callable[[], Any]) -> None:
        self._answer = answer

    def paginate(self, **_: Any) -> Iterator[Any]:
        yield self._answer()


class RecordedNetwork:
    """The DNS as a zone says it, by name and kind, and documents by address."""

    def __init__(self, zone: Mapping[tuple[str, str], Sequence[str]], documents: Mapping[str, Any]) -> None:
        self._zone, self._documents = zone, documents

    def records(self, name: str, kind: str) -> Sequence[str]:
        return self._zone.get((name, kind), ())

    def document(self, url: str) -> Any:
        return self._documents.get(url)
