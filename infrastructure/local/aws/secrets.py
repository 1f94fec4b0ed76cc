"""Secret keys of a local run: made on first use and kept with the data."""

import secrets
import threading
from pathlib import Path

from complaints.values.key_ring import KeyRing
from infrastructure.local.atomic_files import write_whole

SIZE = 32


class LocalSecrets:
    """Gives the key for a purpose, as the parameter store does on AWS."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._making = threading.Lock()
        self._known: dict[str, bytes] = {}

    def key(self, purpose: str) -> bytes:
        """The key for this purpose, 32 bytes; the same one as long as the data folder lasts."""
        if purpose not in self._known:
            path = self._folder / purpose
            # The first requests may come at once, and must all get the same key.
            with self._making:
                if not path.exists():
                    write_whole(path, secrets.token_bytes(SIZE), mode=0o600)
            self._known[purpose] = path.read_bytes()
        return self._known[purpose]

    def ring(self, purpose: str) -> KeyRing:
        """The key in its one generation: a local run does not outlive its keys."""
        return KeyRing.of(self.key(purpose))

    def brought(self, name: str) -> str:
        """Nothing: a local run is its own provider, which asks for no secret."""
        return ""
