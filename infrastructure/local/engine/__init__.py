"""The DynamoDB-compatible engine of the local run and of the tests: a process of its own.

Nothing else in the project knows which engine it is. `DYNAMODB_ENDPOINT` names one that already runs,
AWS's own included; then nothing is installed or started.
"""

from pathlib import Path

from infrastructure.local.engine import stream_records
from infrastructure.local.engine.install import install
from infrastructure.local.engine.process import address_from_environment, running

__all__ = ["ANSWER_SECONDS", "install", "prune", "running"]

ANSWER_SECONDS = 30
"""How long it is waited for: it shares its machine with whatever else runs there, and then answers later than
DynamoDB does."""


def prune(database: Path, table: str, read_up_to: int) -> None:
    """Removes the stream records of a table that were read; other engines prune them themselves."""
    if not address_from_environment():
        stream_records.prune(database, table, read_up_to)
