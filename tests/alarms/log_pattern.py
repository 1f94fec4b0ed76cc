"""CloudWatch's filter patterns of JSON lines, as far as ours go: equality, `&&`, `||`, and parentheses."""

import re
from collections.abc import Mapping

_TERM = re.compile(r'\$\.(\w+) = "([^"]*)"')


def matches(pattern: str, line: Mapping[str, str]) -> bool:
    """Whether a line of the log, by its fields, is one that a pattern (`{ ... }`) counts."""
    assert pattern.startswith("{ ")
    assert pattern.endswith(" }")
    words = _TERM.sub(lambda found: str(line.get(found[1]) == found[2]), pattern[2:-2])
    assert not set(words) - set("TrueFals ()&|"), f"a part that is not known: {words}"
    return bool(eval(words.replace("&&", " and ").replace("||", " or ")))  # noqa: S307 - only those words
