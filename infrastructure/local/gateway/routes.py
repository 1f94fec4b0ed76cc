"""Finds the route of a path as API Gateway does: the most specific pattern wins."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cache
from typing import NamedTuple

from infrastructure.local.gateway.http import decoded

STATIC, PARAMETER, REST = range(3)


@dataclass(frozen=True)
class Match:
    """The pattern that a path fits, and its parameters, percent-decoded."""

    pattern: str
    parameters: dict[str, str]


class Pattern(NamedTuple):
    """A pattern and its segments, each with its kind and its text, or the name of its parameter."""

    pattern: str
    segments: Sequence[tuple[int, str]]


class Routes:
    """The patterns of an API: `/v1/form`, `/v1/complaints/{reference}`, `/{proxy+}`."""

    def __init__(self, patterns: Iterable[str]) -> None:
        self._patterns = [_read(pattern) for pattern in sorted(patterns, key=_specificity)]
        self._beyond = 1 + max((len(each.segments) for each in self._patterns), default=0)
        self._of_length = cache(self._with_so_many_segments)

    def match(self, path: str) -> Match | None:
        """The best pattern for this path; None where none fits. `path` is percent-encoded."""
        parts = path.split("/")
        texts = [decoded(part) for part in parts]
        fitting = self._of_length(min(len(parts), self._beyond))
        matches = (_match(pattern, parts, texts) for pattern in fitting)
        return next((match for match in matches if match), None)

    def _with_so_many_segments(self, length: int) -> Sequence[Pattern]:
        """Those that a path of so many segments may fit."""
        return [
            each
            for each in self._patterns
            if len(each.segments) == length or (each.segments[-1][0] == REST and len(each.segments) < length)
        ]


def _specificity(pattern: str) -> list[int]:
    return [_kind(part) for part in pattern.split("/")]


def _kind(part: str) -> int:
    if not part.startswith("{"):
        return STATIC
    return REST if part.endswith("+}") else PARAMETER


def _read(pattern: str) -> Pattern:
    names = {STATIC: slice(None), PARAMETER: slice(1, -1), REST: slice(1, -2)}
    kinds = _specificity(pattern)
    return Pattern(
        pattern, [(kind, part[names[kind]]) for kind, part in zip(kinds, pattern.split("/"), strict=True)]
    )


def _match(pattern: Pattern, parts: Sequence[str], texts: Sequence[str]) -> Match | None:
    """`texts` are the `parts` of a path, decoded; it has as many as the pattern has segments, or its last
    segment takes the rest."""
    parameters: dict[str, str] = {}
    for place, (kind, name) in enumerate(pattern.segments):
        if kind == STATIC:
            if texts[place] != name:
                return None
        elif kind == PARAMETER:
            if not parts[place]:
                return None
            parameters[name] = texts[place]
        else:
            rest = "/".join(parts[place:])
            return Match(pattern.pattern, parameters | {name: decoded(rest)}) if rest else None
    return Match(pattern.pattern, parameters)
