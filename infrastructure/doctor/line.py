"""What a check says: one line, and a second on how to mend what is wrong."""

from enum import StrEnum
from typing import NamedTuple


class State(StrEnum):
    """`choice` is what may be as it is, at a price; `later`, what can be looked at only once something else
    stands; `unknown`, what was not answered."""

    WELL = "ok"
    WRONG = "WRONG"
    CHOICE = "choice"
    LATER = "later"
    UNKNOWN = "?"


class Line(NamedTuple):
    """What one check found. Only `wrong` lines have a `mend`."""

    state: State
    says: str
    mend: str = ""

    @property
    def text(self) -> str:
        """As it is printed."""
        return f"{self.state:7}{self.says}" + (f" To mend it: {self.mend}" if self.mend else "")


def well(says: str) -> Line:
    """It is as it should be."""
    return Line(State.WELL, says)


def wrong(says: str, mend: str) -> Line:
    """It is not, and this is what to do."""
    return Line(State.WRONG, says, mend)


def choice(says: str) -> Line:
    """It may be so, and this is what it costs."""
    return Line(State.CHOICE, says)


def later(says: str) -> Line:
    """It cannot be looked at yet."""
    return Line(State.LATER, says)


def unknown(says: str) -> Line:
    """Nothing was answered, or the caller may not ask."""
    return Line(State.UNKNOWN, says)
