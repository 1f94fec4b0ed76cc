"""What became of letters (indicator 24): whether each that was wanted arrived, as far as it is known."""

from collections.abc import Iterable, Iterator, Mapping
from datetime import datetime

from complaints.case.correspondence.letter import LetterKind
from complaints.case.correspondence.letters import AddressFailed, LetterFailed, LetterPosted, LetterSent
from complaints.case.fact import Fact
from complaints.reporting.metrics.measures import ALL, FAILED, Measure, Step


class Letters:
    """The letters of a case, as its entries tell of them one after the other; webhooks are none."""

    def __init__(self) -> None:
        self._failed: dict[str, bool] = {}
        """By the id of each letter of which something is known."""

    def told(self, facts: Iterable[Fact], wanted_at: Mapping[int, datetime]) -> Iterator[Step]:
        """What the facts of the next entry add. A letter is wanted by the entry that its id names;
        `wanted_at` says when each entry was recorded. One that failed, or that the mail service may have
        taken twice, counts as failed."""
        for fact in facts:
            if isinstance(fact, LetterSent | LetterFailed) and fact.kind == LetterKind.WEBHOOK:
                continue
            if isinstance(fact, LetterSent | LetterPosted | LetterFailed | AddressFailed):
                is_failed = isinstance(fact, LetterFailed | AddressFailed)
                is_failed = is_failed or (isinstance(fact, LetterSent) and fact.doubtful)
                moment = wanted_at.get(_entry(fact.letter), fact.at)
                known = self._failed.get(fact.letter)
                if known is None:
                    yield Step(moment, Measure.LETTERS, (ALL,))
                if is_failed and not known:
                    yield Step(moment, Measure.LETTERS, (FAILED,))
                self._failed[fact.letter] = bool(known) or is_failed


def _entry(letter: str) -> int:
    """The number of the entry that called for a letter (`000007.1`); 0 where its id is another."""
    number = letter.partition(".")[0]
    return int(number) if number.isdecimal() else 0
