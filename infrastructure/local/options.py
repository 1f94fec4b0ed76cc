"""What the person who starts a local run says about it, in the environment."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from pathlib import Path

from infrastructure.errors import CommandError


class Stream(StrEnum):
    """When the stream is followed: soon after a request has written, as in AWS; before that request is
    answered; only as the next one comes that writes; or when somebody asks the run to settle.

    Soon may be at any of these moments, and a test must pass at each of them.
    """

    SOON = "1"
    BEFORE_THE_ANSWER = "early"
    BEFORE_THE_NEXT = "late"
    WHEN_ASKED = "0"


@dataclass(frozen=True)
class Options:
    """`PORT`, `DATA`, `DEMO`, and `NOW`: the moment at which new data begins, without a demonstration.

    An `empty` run (`EMPTY=1`) has no site and no member: whoever signs in by the name of the first
    administrator sets it up, as after a deployment. `STREAM` says when letters are sent, and cases counted
    and indexed.
    """

    port: int
    data: Path
    demo: bool
    now: datetime | None = None
    empty: bool = False
    stream: Stream = Stream.SOON

    @property
    def url(self) -> str:
        """The address of this run."""
        return f"http://127.0.0.1:{self.port}"

    @property
    def files_origin(self) -> str:
        """Where files and the shop lie: the same server by its other name, to browsers another origin."""
        return f"http://localhost:{self.port}"


def read(environment: Mapping[str, str]) -> Options:
    """The options, or their defaults. Raises `CommandError` for a port, a moment or a stream that is none."""
    port = environment.get("PORT") or "8000"
    if not (port.isascii() and port.isdigit() and 0 < int(port) < 65536):
        raise CommandError(f"PORT must be a number from 1 to 65535, not {port!r}.")
    data = Path(environment.get("DATA") or ".local/data").absolute()
    now = _moment(environment.get("NOW"))
    empty = environment.get("EMPTY", "0") != "0"
    demo = environment.get("DEMO", "1") != "0" and now is None and not empty
    return Options(int(port), data, demo, now, empty, _stream(environment.get("STREAM") or Stream.SOON))


def _stream(text: str) -> Stream:
    try:
        return Stream(text)
    except ValueError:
        raise CommandError(f"STREAM must be one of {', '.join(Stream)}, not {text!r}.") from None


def _moment(text: str | None) -> datetime | None:
    """A moment with its offset, as RFC 3339 writes it."""
    if not text:
        return None
    try:
        moment = datetime.fromisoformat(text)
    except ValueError:
        moment = None
    if moment is None or moment.tzinfo is None:
        raise CommandError(f"NOW must be a moment such as 2026-03-18T15:00:00+03:00, not {text!r}.")
    return moment
