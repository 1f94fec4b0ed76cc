"""What the person who starts a local run says about it, in the environment."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from infrastructure.errors import CommandError


@dataclass(frozen=True)
class Options:
    """`PORT`, `DATA`, `DEMO`, and `NOW`: the moment at which new data begins, without a demonstration.

    An `empty` run (`EMPTY=1`) has no site and no member: whoever signs in by the name of the first
    administrator sets it up, as after a deployment. One that does not follow the stream (`STREAM=0`) sends
    letters, counts and indexes only when it is told to settle.
    """

    port: int
    data: Path
    demo: bool
    now: datetime | None = None
    empty: bool = False
    follows_stream: bool = True

    @property
    def url(self) -> str:
        """The address of this run."""
        return f"http://127.0.0.1:{self.port}"

    @property
    def files_origin(self) -> str:
        """Where files and the shop lie: the same server by its other name, to browsers another origin."""
        return f"http://localhost:{self.port}"


def read(environment: Mapping[str, str]) -> Options:
    """The options, or their defaults. Raises `CommandError` for a port or a moment that is none."""
    port = environment.get("PORT") or "8000"
    if not (port.isascii() and port.isdigit() and 0 < int(port) < 65536):
        raise CommandError(f"PORT must be a number from 1 to 65535, not {port!r}.")
    data = Path(environment.get("DATA") or ".local/data").absolute()
    now = _moment(environment.get("NOW"))
    empty = environment.get("EMPTY", "0") != "0"
    demo = environment.get("DEMO", "1") != "0" and now is None and not empty
    return Options(int(port), data, demo, now, empty, environment.get("STREAM", "1") != "0")


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
