"""Finds the route of a path as API Gateway does: the most specific pattern wins."""

from collections.abc import Iterable
from dataclasses import dataclass

from infrastructure.local.gateway.http import decoded

STATIC, PARAMETER, REST = range(3)


@dataclass(frozen=True)
class Match:
    """The pattern that a path fits, and its parameters, percent-decoded."""

    pattern: str
    parameters: dict[str, str]


class Routes:
    """The patterns of an API: `/v1/form`, `/v1/complaints/{reference}`, `/{proxy+}`."""

    def __init__(self, patterns: Iterable[str]) -> None:
        self._patterns = sorted(patterns, key=_specificity)

    def match(self, path: str) -> Match | None:
        """The best pattern for this path; None where none fits. `path` is percent-encoded."""
        matches = (_match(pattern, path) for pattern in self._patterns)
        return next((match for match in matches if match), None)


def _specificity(pattern: str) -> list[int]:
    return [_kind(part) for part in pattern.split("/")]


def _kind(part: str) -> int:
    if not part.startswith("{"):
        return STATIC
    return REST if part.endswith("+}") else PARAMETER


def _match(pattern: str, path: str) -> Match | None:
    parameters: dict[str, str] = {}
    parts = path.split("/")
    for place, segment in enumerate(pattern.split("/")):
        part, kind = parts[place] if place < len(parts) else None, _kind(segment)
        if kind == REST:
            rest = "/".join(parts[place:])
            return Match(pattern, parameters | {segment[1:-2]: decoded(rest)}) if rest else None
        if not _fits(kind, segment, part):
            return None
        if kind == PARAMETER:
            parameters[segment[1:-1]] = decoded(part or "")
    return Match(pattern, parameters) if len(parts) == len(pattern.split("/")) else None


def _fits(kind: int, segment: str, part: str | None) -> bool:
    return bool(part) if kind == PARAMETER else part is not None and decoded(part) == segment
