"""Secrets of the installation, read from SSM: one parameter for each purpose, read once per cold start."""

from base64 import b64decode
from collections.abc import Sequence
from functools import cached_property
from typing import Any

TWICE: Any = {"total_max_attempts": 2, "mode": "standard"}


class KeyNotSet(RuntimeError):
    """The operator has not made the key of this purpose."""


class ParameterStoreSecrets:
    """Secret keys in the SSM parameter store under one path (port `Secrets`); each is base64 of 32 bytes.

    Secrets of the operator stand in the same path, as they are. `names` are those that this function may
    read: ten at most, as one call gives.
    """

    def __init__(self, path: str, names: Sequence[str]) -> None:
        self._path, self._names = path, names

    def key(self, purpose: str) -> bytes:
        try:
            return b64decode(self._values[purpose])
        except KeyError:
            raise KeyNotSet(purpose) from None

    def brought(self, name: str) -> str:
        return self._values.get(name, "")

    @cached_property
    def _values(self) -> dict[str, str]:
        # Imported lazily: a request that is refused needs no key, and no client of AWS. It is the table's
        # session: another one would read botocore's description of AWS once more at every cold start.
        from complaints.adapters.dynamodb.table import connection

        client: Any = connection().session.create_client("ssm")
        names = [f"{self._path}/{name}" for name in self._names]
        found = client.get_parameters(Names=names, WithDecryption=True)["Parameters"] if names else ()
        return {each["Name"].rpartition("/")[2]: each["Value"] for each in found}
