"""What the person who starts a local run says about it, in the environment."""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from infrastructure.local.trouble import Trouble


@dataclass(frozen=True)
class Options:
    """`PORT`, `DATA` and `DEMO`."""

    port: int
    data: Path
    demo: bool

    @property
    def url(self) -> str:
        """The address of this run."""
        return f"http://127.0.0.1:{self.port}"

    @property
    def files_origin(self) -> str:
        """Where files lie: the same server by its other name, which browsers take for another origin."""
        return f"http://localhost:{self.port}"


def read(environment: Mapping[str, str]) -> Options:
    """The options, or their defaults. Raises Trouble for a port that is none."""
    port = environment.get("PORT") or "8000"
    if not (port.isascii() and port.isdigit() and 0 < int(port) < 65536):
        raise Trouble(f"PORT must be a number from 1 to 65535, not {port!r}.")
    data = Path(environment.get("DATA") or ".local/data").absolute()
    return Options(int(port), data, environment.get("DEMO", "1") != "0")
