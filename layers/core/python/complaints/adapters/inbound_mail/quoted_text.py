"""Quoted text in a mail is told from what the person wrote: above it, below it, or between.

Quoted runs are taken out one by one, with the line that announces each and what programs write below a reply.
What is not surely quoted stays. The reply parsers that exist lose words, and take minutes on hostile text;
here each line is looked at a fixed number of times.

    `> …` (RFC 3676, 4.5)                            ─▶ quoted
    "On Monday Ada wrote:", Outlook's header block   ─▶ quoted; where no `>` follows, with all after it
    the line of our letters above which people write ─▶ quoted, with all after it
    `-- ` (RFC 3676, 4.3), "Sent from my …"          ─▶ a signature
"""

from collections.abc import Iterator
from functools import lru_cache
from typing import NamedTuple

from complaints.adapters.inbound_mail import reply_patterns as patterns
from complaints.adapters.inbound_mail.plain_text import tidy

LONGEST_ATTRIBUTION = 4
"""Lines: programs break one after 72 signs, and names and addresses are long."""
LONGEST_HEADER_BLOCK = 12
LONGEST_SIGNATURE = 12
"""Lines below `--`. What is longer is no signature (RFC 3676 asks for four)."""


class Apart(NamedTuple):
    """What a person wrote, and what was taken out; `is_only_quoted` where nothing else would be left."""

    text: str
    quoted: str
    is_only_quoted: bool = False


def apart(whole: str, border: str) -> Apart:
    """Takes quotations and signatures out of a tidy text.

    `border` is in the line of our letters above which people write. Where nothing of the person's would
    remain, all of it counts as theirs.
    """
    splitter = _Splitter(whole.split("\n"), border)
    own = tidy("\n".join(splitter.own()))
    if not any(sign.isalnum() for sign in own):
        return Apart(whole, "", is_only_quoted=bool(whole))
    return Apart(own, tidy("\n".join(splitter.taken_out())))


class _Splitter:
    """Goes through the lines once, and marks those that are taken out."""

    def __init__(self, lines: list[str], border: str) -> None:
        self._lines, self._border = lines, border
        self._is_own = [True] * len(lines)
        place = 0
        while place < len(lines):
            end = self._end_of_quotation(place)
            for each in range(place, end):
                self._is_own[each] = False
            place = max(end, place + 1)
        self._take_out_signatures()

    def own(self) -> Iterator[str]:
        """The lines of the person; an empty one where something was taken out."""
        for place, line in enumerate(self._lines):
            yield line if self._is_own[place] else ""

    def taken_out(self) -> Iterator[str]:
        for place, line in enumerate(self._lines):
            if not self._is_own[place]:
                yield line
            elif place and not self._is_own[place - 1]:
                yield ""

    def _end_of_quotation(self, place: int) -> int:
        """Where the quotation ends that begins at a line; the line itself where none does."""
        line = self._lines[place]
        if self._border in line:
            return len(self._lines)
        if not patterns.MAY_BEGIN.search(line[: patterns.MOST_OF_A_LINE]):
            return place
        if self._is_quoted(place):
            return self._end_of_run(place)
        head = self._end_of_original(place) or self._end_of_attribution(place)
        if head is None:
            return place
        following = self._next_with_words(head)
        if following is not None and self._is_quoted(following):
            return self._end_of_run(following)
        return len(self._lines)

    def _is_quoted(self, place: int) -> bool:
        line = self._lines[place].lstrip(" \ufeff\u200e\u200f\u202a\u202b\u202c\u2067\u2068\u2069")
        # A mail server may have written the ">" of ">From" (RFC 4155).
        is_stuffed = line.startswith(">From ") and not (place and self._lines[place - 1].startswith(">"))
        return line.startswith(">") and not is_stuffed

    def _end_of_run(self, place: int) -> int:
        """Behind the last line of a quotation; an empty line within it does not end it."""
        end = place
        while end < len(self._lines):
            if self._is_quoted(end):
                end += 1
            elif self._lines[end] == "" and end + 1 < len(self._lines) and self._is_quoted(end + 1):
                end += 2
            else:
                break
        return end

    def _next_with_words(self, place: int) -> int | None:
        """The next line that is not empty: a tidy text has no two empty ones in a row."""
        return next(
            (each for each in range(place, min(place + 3, len(self._lines))) if self._lines[each]), None
        )

    def _end_of_original(self, place: int) -> int | None:
        """The end of "Original Message" or of a block of headers, if one begins at this line."""
        line = self._lines[place][: patterns.MOST_OF_A_LINE]
        if patterns.ORIGINAL.match(line):
            following = self._next_with_words(place + 1)
            if following is None:
                return place + 1
            return (
                self._end_of_headers(following, least=1) or self._end_of_attribution(following) or place + 1
            )
        if patterns.RULE.match(line):
            following = self._next_with_words(place + 1)
            return None if following is None else self._end_of_headers(following)
        return self._end_of_headers(place)

    def _end_of_headers(self, place: int, *, least: int = 3) -> int | None:
        """Behind a block of headers: whose mail it was, and at least two more of when, to whom and what
        about."""
        seen, end = set[int](), None
        if not patterns.ANY_HEADER.match(self._lines[place][: patterns.MOST_OF_A_LINE]):
            return None
        for each in range(place, min(place + LONGEST_HEADER_BLOCK, len(self._lines))):
            line = self._lines[each][: patterns.MOST_OF_A_LINE]
            if not line:
                break
            of_kinds = _kinds_of(line)
            if of_kinds & seen:
                break
            seen |= of_kinds
            if patterns.ANY_HEADER.match(line):
                end = each + 1
        return end if 0 in seen and len(seen) >= least else None

    def _end_of_attribution(self, place: int) -> int | None:
        """The end of "On Monday Ada wrote:", if it begins at this line; programs break it over some
        lines."""
        if not self._lines[place]:
            return None
        begins = patterns.begins_attribution(self._lines[place][: patterns.MOST_OF_A_LINE])
        text = ""
        for each in range(place, min(place + LONGEST_ATTRIBUTION, len(self._lines))):
            line = self._lines[each]
            text = f"{text} {line}"
            if not line or len(text) > patterns.MOST_OF_A_LINE:
                return None
            if patterns.ENDS.search(line):
                return each + 1 if self._announces(text, begins, each + 1) else None
            if not begins:
                return None
        return None

    def _announces(self, message: str, begins: bool, end: int) -> bool:
        """Whether it announces a quotation: by its verb and a date or an address, in other languages by
        both."""
        verb, date = patterns.WROTE.search(message), patterns.DATE.search(message)
        address = patterns.ADDRESS.search(message)
        following = self._next_with_words(end)
        if following is not None and (self._is_quoted(following) or self._border in self._lines[following]):
            return bool((verb and (date or address)) or (date and address))
        return bool(begins and verb and date and address)

    def _take_out_signatures(self) -> None:
        """Takes out, below each stretch of the person's lines, what their program put there."""
        end = len(self._lines)
        while end > 0:
            if not self._is_own[end - 1]:
                end -= 1
                continue
            start = end
            while start > 0 and self._is_own[start - 1]:
                start -= 1
            self._take_out_signature(start, end)
            end = start

    def _take_out_signature(self, start: int, end: int) -> None:
        lowest = max(start, end - LONGEST_SIGNATURE - 1)
        marks = (each for each in range(lowest, end) if patterns.SIGNATURE.match(self._lines[each]))
        first = next(marks, end)
        while first > start and self._is_below_a_reply(first - 1, end):
            first -= 1
        if any(self._lines[first:end]):
            self._is_own[first:end] = [False] * (end - first)

    def _is_below_a_reply(self, place: int, end: int) -> bool:
        line = self._lines[place]
        if not line or patterns.RULE.match(line[: patterns.MOST_OF_A_LINE]):
            return True
        return patterns.is_footer(line)


@lru_cache(maxsize=256)
def _kinds_of(line: str) -> frozenset[int]:
    """Which of the headers of a quoted mail a line may be: whose, when, to whom, what about.

    Each line is looked at again for each line before it that a block could begin with.
    """
    kinds = (patterns.FROM, patterns.SENT, patterns.TO, patterns.SUBJECT)
    return frozenset(number for number, kind in enumerate(kinds) if kind.match(line))
