"""The product's clock of a local run: real time and an offset that lasts with the data."""

from datetime import UTC, datetime, timedelta
from pathlib import Path

import msgspec

from infrastructure.errors import CommandError
from infrastructure.local.atomic_files import read_note, write_note


class Note(msgspec.Struct):
    """How far the clock is ahead of real time."""

    ahead: timedelta


class LocalClock:
    """A clock that can be moved; `note` is the file that remembers by how much."""

    def __init__(self, note: Path) -> None:
        self._note = note
        self._ahead = read_note(note, Note(timedelta())).ahead

    def now(self) -> datetime:
        """This moment for the product: aware, UTC, in whole seconds as on AWS."""
        return (datetime.now(UTC) + self._ahead).replace(microsecond=0)

    @property
    def ahead(self) -> timedelta:
        """How far the product is ahead of real time; negative while demonstration data is made."""
        return self._ahead

    def begin_at(self, moment: datetime) -> None:
        """Makes `moment` the present of data that is new. Raises `CommandError` where time would go back."""
        if self._note.exists() and moment < self.now():
            raise CommandError(
                f"NOW is {moment.isoformat()}, and the data folder is further: use another, or no NOW."
            )
        self.move_to(moment)

    def move_to(self, moment: datetime) -> None:
        """Makes `moment` the present. The caller makes sure that time does not go back for other
        readers."""
        self._set(moment - datetime.now(UTC))

    def follow_real_time(self) -> None:
        """Makes the real present the product's."""
        self._set(timedelta())

    def _set(self, ahead: timedelta) -> None:
        self._ahead = ahead
        write_note(self._note, Note(ahead))
