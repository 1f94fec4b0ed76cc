"""The folder that a local run keeps everything in: one run at a time."""

import fcntl
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from infrastructure.local.trouble import Trouble


@dataclass(frozen=True)
class DataFolder:
    """Where each thing of a local run lies."""

    path: Path

    @property
    def database(self) -> Path:
        """The engine's file."""
        return self.path / "cases.db"

    @property
    def clock(self) -> Path:
        """How far the product's clock is ahead."""
        return self.path / "clock.json"

    @property
    def position(self) -> Path:
        """How far the stream was read."""
        return self.path / "stream.json"

    @property
    def mail(self) -> Path:
        """The folder of mails that were sent."""
        return self.path / "mail"

    @property
    def keys(self) -> Path:
        """The folder of the secret keys, the provider's included."""
        return self.path / "keys"

    @contextmanager
    def taken(self) -> Iterator[None]:
        """Makes the folder if need be and holds it for this run, until the block or the process ends.

        Raises Trouble where it cannot be written, or another run holds it.
        """
        try:
            for folder in (self.path, self.mail, self.keys):
                folder.mkdir(parents=True, exist_ok=True)
            lock = (self.path / "lock").open("w")
        except OSError as error:
            raise Trouble(f"The data folder {self.path} cannot be used: {error.strerror}.") from error
        with lock:
            try:
                fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except BlockingIOError:
                raise Trouble(f"Another local run uses the data folder {self.path}.") from None
            yield
