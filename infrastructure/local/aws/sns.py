"""The topic of a local run: what the mail service says is kept until the function has taken it."""

import logging
import threading
import uuid
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

import msgspec

from infrastructure.local.atomic_files import write_whole
from infrastructure.local.aws.lambda_context import LambdaContext

ATTEMPTS = 3

log = logging.getLogger(__name__)

Handler = Callable[[Mapping[str, Any], LambdaContext], object]


class Topic:
    """Keeps each message as a file in `folder`, and hands it to `handler` once it is asked to."""

    def __init__(self, folder: Path, handler: Handler) -> None:
        self._folder = folder
        self._handler = handler
        self._lock, self._draining = threading.Lock(), threading.Lock()
        self._published = len(self._waiting())

    def publish(self, message: Mapping[str, Any]) -> None:
        """Keeps a message. The order is that of publishing, as far as one run goes."""
        with self._lock:
            self._published += 1
            name = f"{self._published:06}-{uuid.uuid4().hex[:12]}.json"
            write_whole(self._folder / name, msgspec.json.encode(message))

    def drain(self) -> bool:
        """Hands over what waits, and says whether there was anything."""
        with self._draining:
            waiting = self._waiting()
            for path in waiting:
                self._deliver(path)
            return bool(waiting)

    def _deliver(self, path: Path) -> None:
        """Tries some times, and leaves out what fails each time, as Lambda does; the log says so."""
        event = _event(path.read_text(encoding="utf-8"))
        for _ in range(ATTEMPTS):
            try:
                self._handler(event, LambdaContext(self._folder.name))
                break
            except Exception:
                log.exception("A message of the topic %s could not be taken in.", self._folder.name)
        path.unlink(missing_ok=True)

    def _waiting(self) -> list[Path]:
        return sorted(self._folder.glob("[0-9]*.json"))


def _event(message: str) -> dict[str, Any]:
    return {
        "Records": [
            {"EventSource": "aws:sns", "Sns": {"Message": message, "Subject": None, "MessageAttributes": {}}}
        ]
    }
