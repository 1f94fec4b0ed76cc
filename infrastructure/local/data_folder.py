"""The folder that a local run keeps everything in: one run at a time."""

import fcntl
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from infrastructure.errors import CommandError


class DataFolder:
    """Where each thing of a local run lies: the engine's file, the clock's offset, how far the stream was
    read, mails and what is said of them, the files of complainants, the secret keys, and the evidence."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self.database = path / "cases.db"
        self.clock = path / "clock.json"
        self.position = path / "stream.json"
        self.mail = path / "mail"
        self.mail_events = path / "mail-events"
        self.mail_in = path / "mail-in"
        self.mail_received = path / "mail-received"
        self.files = path / "files"
        self.keys = path / "keys"
        self.evidence = path / "evidence"

    @contextmanager
    def taken(self) -> Iterator[None]:
        """Makes the folder if need be and holds it for this run, until the block or the process ends.

        Raises `CommandError` where it cannot be written, or another run holds it.
        """
        try:
            for folder in (
                self.path,
                self.keys,
                self.mail,
                self.mail_events,
                self.mail_in,
                self.mail_received,
            ):
                folder.mkdir(parents=True, exist_ok=True)
            lock = (self.path / "lock").open("w")
        except OSError as error:
            raise CommandError(f"The data folder {self.path} cannot be used: {error.strerror}.") from error
        with lock:
            try:
                fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except BlockingIOError:
                raise CommandError(f"Another local run uses the data folder {self.path}.") from None
            yield
