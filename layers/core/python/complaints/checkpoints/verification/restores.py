"""Signed statements of restores: the table was taken back to an earlier moment, and went on from there.

What was sealed after the moment that was restored to is gone by right; who can only write to the table cannot
say so. That states were rebuilt from their facts since a moment is stated in the same way: who verifies
offline knows no rules by which they follow, and sees that they were written anew.
"""

from datetime import datetime, timedelta
from typing import Literal

import msgspec
from msgspec import Struct

from complaints.checkpoints.checkpoint_chain import Trust
from complaints.checkpoints.differences import Difference
from complaints.checkpoints.places import RESTORES
from complaints.checkpoints.ports import EvidenceFiles, Signer
from complaints.checkpoints.signature import is_signed, key_id
from complaints.checkpoints.statement import FORMAT, NotAStatement, from_stored, statement_bytes, to_stored
from complaints.checkpoints.verification.chain_differences import Restore

JSON = "application/json"

REACH = timedelta(days=35)
"""How far back point-in-time recovery of the table reaches: nobody restored it to an earlier moment."""


Kind = Literal["restore", "rebuild"]


class RestoreStatement(Struct, frozen=True, kw_only=True):
    """What is signed of a restore: to which moment (UTC), and when that was said; of a rebuilding, since
    when."""

    format: int = FORMAT
    kind: Kind = "restore"
    installation: str
    to: datetime
    at: datetime
    key: str


_decode = msgspec.json.Decoder(RestoreStatement).decode


def state_restore(
    files: EvidenceFiles,
    signer: Signer,
    installation: str,
    to: datetime,
    at: datetime,
    kind: Kind = "restore",
) -> RestoreStatement:
    """Puts a restore on record, or a rebuilding that began at the moment `to`. Raises `ValueError` for a
    moment that is not past, or beyond the reach of recovery: such a statement would excuse all that was ever
    sealed."""
    if not at - REACH <= to < at:
        raise ValueError("a table is restored to a moment of the last 35 days")
    key = key_id(signer.public_key)
    statement = RestoreStatement(kind=kind, installation=installation, to=to, at=at, key=key)
    data = statement_bytes(statement)
    files.put(_key(at), to_stored(data, signer.sign(data)), JSON)
    return statement


def _key(at: datetime) -> str:
    return f"{RESTORES}{at:%Y-%m-%dT%H-%M-%S}.json"


def read_restores(files: EvidenceFiles, trust: Trust) -> tuple[list[Restore], list[Difference]]:
    """The restores on record, and each that nobody of ours signed, or that does not stand in its place."""
    restores, forged = [], []
    for key in files.keys(RESTORES):
        try:
            data, signature = from_stored(files.get(key) or b"")
            statement = _decode(data)
        except (NotAStatement, ValueError):
            forged.append(Difference("checkpoint", "unreadable", key))
            continue
        public = trust.keys.get(statement.key)
        if not public or not is_signed(data, signature, public):
            forged.append(Difference("checkpoint", "forged", key))
        elif key != _key(statement.at):
            forged.append(Difference("checkpoint", "misplaced", key))
        elif statement.kind == "restore":
            restores.append(Restore(statement.to, statement.at))
    return restores, forged
