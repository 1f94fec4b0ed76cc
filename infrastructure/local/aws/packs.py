"""The evidence packs of a local run (port `PackFiles`): parts in a folder, put together in the end."""

import os
import shutil
import uuid
from collections.abc import Callable, Sequence
from datetime import datetime, timedelta
from pathlib import Path

from infrastructure.local.atomic_files import write_whole
from infrastructure.local.aws.s3 import PresignedUrls

ZIP = "application/zip"


class LocalPackFiles:
    """Packs below `folder`; `addresses` signs where they are fetched. They are as old as the product's clock
    says, by which they are removed."""

    def __init__(self, folder: Path, addresses: PresignedUrls, now: Callable[[], datetime]) -> None:
        self._folder, self._addresses, self._now = folder, addresses, now

    def begin(self, key: str) -> str:
        sending = uuid.uuid4().hex
        self._parts(sending).mkdir(parents=True)
        return sending

    def send(self, key: str, sending: str, number: int, part: bytes) -> str:
        write_whole(self._parts(sending) / str(number), part)
        return str(number)

    def finish(self, key: str, sending: str, parts: Sequence[str]) -> None:
        path = self._place(key)
        if path.exists() and not self._parts(sending).exists():
            return
        with (path.parent / sending).open("wb") as whole:
            for each in parts:
                with (self._parts(sending) / each).open("rb") as part:
                    shutil.copyfileobj(part, whole)
        self._date(path.parent / sending)
        (path.parent / sending).replace(path)
        shutil.rmtree(self._parts(sending))

    def save(self, key: str, content: bytes) -> None:
        path = self._place(key)
        write_whole(path, content)
        self._date(path)

    def read(self, key: str) -> bytes | None:
        try:
            return (self._folder / key).read_bytes()
        except FileNotFoundError:
            return None

    def remove(self, key: str) -> None:
        (self._folder / key).unlink(missing_ok=True)

    def address(self, key: str, name: str, lasting: timedelta) -> str | None:
        if not (self._folder / key).is_file():
            return None
        return self._addresses.make("GET", key, lasting, type=ZIP, name=name)

    def _date(self, path: Path) -> None:
        moment = self._now().timestamp()
        os.utime(path, (moment, moment))

    def _place(self, key: str) -> Path:
        path = self._folder / key
        path.parent.mkdir(parents=True, exist_ok=True)
        return path

    def _parts(self, sending: str) -> Path:
        return self._folder / "sendings" / sending
