"""Quoted text of our own letter is told from what the person wrote above it, below it or between.

Only what is surely ours is taken out, whatever language and program: all else stays with the person's words.

    `> ##- …` and the `>` lines below it (RFC 3676, 4.5)      ─▶ ours: a person begins no line with the border
    more `>` lines, or a letter without `>`, word for word    ─▶ ours, by the digest that its thread carries
    above it: our name and when it wrote; a block of headers  ─▶ a program's, where we are named in it

The reply parsers that exist go by tables of what programs write in each language, lose words, and take
minutes on hostile text; here each line is looked at a fixed number of times.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

from complaints.adapters.inbound_mail.plain_text import tidy
from complaints.delivery.letter_digest import Wording, words_of

MOST_LETTERS = 3
"""Letters that are looked for in a mail: each holds the border once, and quotes none."""
LONGEST_ATTRIBUTION = 4
"""Lines: programs break one after 72 signs, and names and addresses are long."""
LONGEST_HEADER_BLOCK = 10
MOST_OF_A_LINE = 300
"""A longer line is no attribution and no header."""
LEAST_NUMBERS = 4
"""Numbers in an attribution: a day, a year, an hour and a minute."""

_MARKS = "\\s\u200e\u200f\u202a-\u202e\u2066-\u2069\ufeff"
"""What may stand before words and says nothing: blanks, and signs of the direction of text."""
_QUOTING = re.compile(rf"^[>{_MARKS}]*[*_]?")
_ENDS = re.compile(rf"[:：][*_{_MARKS}]*$")
_HEADER = re.compile(r"^[*_]{0,2}[^\W\d_][\w .'’/-]{0,30}[*_]{0,2}\s?[:：]")
_RULE = re.compile(r"^(?:[-_=]{3,}|-{4,} ?[^\d-]{1,60}-{4,})$")
"""A line of dashes, or such as "-----Original Message-----"."""
_OUR_LINK = re.compile(r"(?:/|%2F)(?:status(?:/|%2F)C-|procedure(?:\?|%3F)site)", re.IGNORECASE)


class Known(NamedTuple):
    """What our letters are known by: the line above which people write, what we are called, the addresses
    that they come from and are answered at, and what they say."""

    border: str
    names: tuple[str, ...] = ()
    addresses: tuple[str, ...] = ()
    wordings: tuple[Wording, ...] = ()


class Apart(NamedTuple):
    """What a person wrote, and what was taken out; `is_only_quoted` where nothing else would be left."""

    text: str
    quoted: str
    is_only_quoted: bool = False


def apart(whole: str, known: Known) -> Apart:
    """Takes our own letters out of a tidy text. Where nothing of the person's would remain, all of it counts
    as theirs."""
    splitter = _Splitter(whole.split("\n"), known)
    own = tidy("\n".join(splitter.own()))
    if not any(sign.isalnum() for sign in own):
        return Apart(whole, "", is_only_quoted=bool(whole))
    return Apart(own, tidy("\n".join(splitter.taken_out())))


def without_letters(text: str, border: str) -> str:
    """A tidy text without any quotation, and without what stands below an unquoted border: whatever may be a
    letter that names the person, rather than too little. All of it where nothing else would remain."""
    splitter = _Splitter(text.split("\n"), Known(border))
    own = tidy("\n".join(splitter.unquoted()))
    return own if any(map(str.isalnum, own)) else text


class _Splitter:
    """Looks for the borders of our letters, and marks the lines that are surely theirs."""

    def __init__(self, lines: Sequence[str], known: Known) -> None:
        self._lines, self._known = lines, known
        self._bare = [_QUOTING.sub("", line) for line in lines]
        self._is_own = [True] * len(lines)
        borders = [place for place, bare in enumerate(self._bare) if bare.startswith(known.border)]
        for place in borders[:MOST_LETTERS]:
            self._take(self._letter(place))
            if not self._is_own[place]:
                self._take(range(self._start_of_head(place), place))

    def own(self) -> Iterator[str]:
        """The lines of the person; an empty one where something was taken out."""
        for place, line in enumerate(self._lines):
            yield line if self._is_own[place] else ""

    def unquoted(self) -> Iterator[str]:
        """The lines of the person that no `>` precedes, down to a border."""
        for place, line in enumerate(self._lines):
            if self._bare[place].startswith(self._known.border) and not self._is_quoted(place):
                return
            yield "" if self._is_quoted(place) else line

    def taken_out(self) -> Iterator[str]:
        for place, line in enumerate(self._lines):
            if not self._is_own[place]:
                yield line
            elif place and not self._is_own[place - 1]:
                yield ""

    def _take(self, places: Iterable[int]) -> None:
        for place in places:
            self._is_own[place] = False

    def _letter(self, border: int) -> Sequence[int]:
        """The lines of the letter that has its border here; none where it is not known which they are."""
        if not self._is_quoted(border):
            return self._worded(range(border, len(self._lines)))
        all_quoted = [place for place in range(border, len(self._lines)) if self._is_quoted(place)]
        return [*self._worded(all_quoted), *range(border, self._end_of_run(border))]

    def _worded(self, places: Sequence[int]) -> Sequence[int]:
        """As many of these lines, below the border, as have the words of a letter and no other word."""
        for wording in self._known.wordings:
            words: list[str] = []
            for count, place in enumerate(places[1:], start=2):
                words += words_of(self._bare[place])
                if len(words) >= wording.length:
                    if Wording.of(words) == wording:
                        return [each for each in places[:count] if self._is_worded(each)]
                    break
        return ()

    def _is_worded(self, place: int) -> bool:
        """Whether a line within our letter is of it: the hash says nothing of links, and a person may have
        put one there."""
        bare = self._bare[place]
        may_be_own = not self._is_quoted(place) and any(map(str.isalnum, bare)) and not words_of(bare)
        return not may_be_own or bool(_OUR_LINK.search(bare))

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

    def _start_of_head(self, border: int) -> int:
        """Where begins what a program wrote above our letter; at the border where nothing surely is that."""
        end = self._without_gap(border)
        start = self._start_of_attribution(end)
        if start is None:
            start = self._start_of_headers(end)
        if start is None:
            return border
        return start - 1 if start and _RULE.match(self._bare[start - 1]) else start

    def _without_gap(self, end: int) -> int:
        """Behind the last line with words; a tidy text has few empty ones in a row."""
        for _ in range(3):
            if end and not self._bare[end - 1]:
                end -= 1
        return end

    def _start_of_attribution(self, end: int) -> int | None:
        """Where "On Monday, 2 March 2026 at 10:00 our name wrote:" begins, in whatever language."""
        if not (end and _ENDS.search(self._bare[end - 1][-MOST_OF_A_LINE:])):
            return None
        text = ""
        for start in range(end - 1, max(end - 1 - LONGEST_ATTRIBUTION, -1), -1):
            text = f"{self._bare[start]} {text}"
            if not self._bare[start] or len(text) > MOST_OF_A_LINE:
                return None
            names_us = any(each in text.casefold() for each in (*self._known.names, *self._known.addresses))
            if names_us and len(re.findall(r"\d+", text)) >= LEAST_NUMBERS:
                return start
        return None

    def _start_of_headers(self, end: int) -> int | None:
        """Where a block of headers begins, with our address at the top of it."""
        start = None
        for place in range(end - 1, max(end - 1 - LONGEST_HEADER_BLOCK, -1), -1):
            line = self._bare[place][:MOST_OF_A_LINE].rstrip()
            if not (_HEADER.match(line) or line.startswith("----")):
                break
            if any(each in line.casefold() for each in self._known.addresses):
                start = place
        return start
