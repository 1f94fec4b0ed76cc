"""Secrets of the installation, read from SSM: one parameter for each purpose, read once per cold start and
again after some minutes."""

import time
from collections.abc import Callable, Sequence
from typing import Any

from complaints.values.key_ring import KeyRing

READ_AGAIN = 300.0
"""Seconds after which the parameters are read again: until then a generation that was ended is still good."""

READ_AT_MOST = 5.0
"""Seconds that pass before they are read again for a generation that is not known: anybody can name one."""


class KeyNotSet(RuntimeError):
    """The operator has not made the key of this purpose."""


class ParameterStoreSecrets:
    """Secret keys in the SSM parameter store under one path (port `Secrets`), each a `KeyRing` as text.

    Secrets of the operator stand in the same path, as they are. `names` are those that this function may
    read: ten at most, as one call gives. `clock` gives seconds that never go back.
    """

    def __init__(self, path: str, names: Sequence[str], clock: Callable[[], float] = time.monotonic) -> None:
        self._path, self._names, self._clock = path, names, clock
        self._known: dict[str, str] = {}
        self._read_at: float | None = None

    def key(self, purpose: str) -> bytes:
        return self.ring(purpose).newest.key

    def ring(self, purpose: str) -> KeyRing:
        return self._ring(purpose, READ_AGAIN)._replace(reread=lambda: self._ring(purpose, READ_AT_MOST))

    def _ring(self, purpose: str, age: float) -> KeyRing:
        try:
            return KeyRing.read(self._values(age)[purpose])
        except KeyError:
            raise KeyNotSet(purpose) from None

    def brought(self, name: str) -> str:
        return self._values(READ_AGAIN).get(name, "")

    def _values(self, age: float) -> dict[str, str]:
        """The parameters as they were within the last `age` seconds, or as they were known where they cannot
        be read just now."""
        now = self._clock()
        if self._read_at is None or now - self._read_at >= age:
            try:
                self._known, self._read_at = self._read(), now
            except _failures():
                if self._read_at is None:
                    raise
                self._read_at = now
        return self._known

    def _read(self) -> dict[str, str]:
        # Imported lazily: a request that is refused needs no key, and no client of AWS. It is the table's
        # session: another one would read botocore's description of AWS once more at every cold start.
        from complaints.adapters.dynamodb.table import connection

        client: Any = connection().session.create_client("ssm")
        names = [f"{self._path}/{name}" for name in self._names]
        found = client.get_parameters(Names=names, WithDecryption=True)["Parameters"] if names else ()
        return {each["Name"].rpartition("/")[2]: each["Value"] for each in found}


def _failures() -> tuple[type[Exception], ...]:
    from botocore.exceptions import BotoCoreError, ClientError

    return BotoCoreError, ClientError
