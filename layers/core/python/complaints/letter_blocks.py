"""What the promise packs of a case ask its letters to hold: paragraphs by their ids, each once."""

from collections.abc import Iterator

from complaints.clock import Clock
from complaints.complaint import Complaint
from complaints.pack_format import Pack, PackClock
from complaints.site import Terms


def blocks_of(complaint: Complaint, terms: Terms) -> tuple[str, ...]:
    """The blocks of the packs that gave the case a clock, and of its clocks that have not stopped yet.

    Packs that apply together add to one another. A pack is taken in the version that the clock started
    under, whatever is in force by now; what is in no pack of the site any more asks for nothing.
    """
    named = [block for clock in complaint.clocks for block in _blocks(clock, terms)]
    return tuple(dict.fromkeys(named))


def _blocks(clock: Clock, terms: Terms) -> Iterator[str]:
    pack = _pack_of(clock, terms)
    if pack is None:
        return
    yield from pack.letter_blocks
    asked = _asked_for(clock, pack)
    if asked and clock.stopped_at is None:
        yield from asked.letter_blocks


def _pack_of(clock: Clock, terms: Terms) -> Pack | None:
    return next(
        (pack for pack in terms.packs if (pack.id, pack.version) == (clock.pack, clock.pack_version)), None
    )


def _asked_for(clock: Clock, pack: Pack) -> PackClock | None:
    return next((each for each in pack.clocks if each.id == clock.id), None)
