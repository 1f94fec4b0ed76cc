"""The filters of an event source, as Lambda has them: which records of a stream wake a function.

https://docs.aws.amazon.com/lambda/latest/dg/invocation-eventfiltering.html, as far as the template uses them.
"""

from collections.abc import Mapping, Sequence
from typing import Any


def lets_through(patterns: Sequence[Mapping[str, Any]], event: Mapping[str, Any]) -> bool:
    """Whether one of the patterns fits a record.

    >>> lets_through([{"state": {"S": ["sent", {"prefix": "want"}]}}], {"state": {"S": "wanted"}})
    True
    """
    return any(_fits(pattern, event) for pattern in patterns)


def _fits(pattern: Any, found: Any) -> bool:
    """Names lead to further names, and at last to texts: one of them must be there, or its beginning."""
    if isinstance(pattern, Mapping):
        return isinstance(found, Mapping) and all(
            name in found and _fits(inner, found[name]) for name, inner in pattern.items()
        )
    return isinstance(found, str) and any(
        found.startswith(text["prefix"]) if isinstance(text, Mapping) else found == text for text in pattern
    )
