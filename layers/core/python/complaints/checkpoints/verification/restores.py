"""Signed statements of restores: the table was taken back to an earlier moment, and went on from there.

What was sealed after the moment that was restored to is gone by right; who can only write to the table cannot
say so. That states were rebuilt from their facts since a moment is stated in the same way: who verifies
offline knows no rules by which they follow, and sees that they were written anew. So is which authority of
time stamps the daily run trusts.
"""

from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Literal, TypeVar

import msgspec
from msgspec import Struct
from msgspec.structs import replace

from complaints.checkpoints.checkpoint_chain import Trust
from complaints.checkpoints.differences import Difference
from complaints.checkpoints.places import RESTORES
from complaints.checkpoints.ports import EvidenceFiles, Signer
from complaints.checkpoints.signature import is_signed, key_id
from complaints.checkpoints.statement import FORMAT, NotAStatement, from_stored, statement_bytes, to_stored
from complaints.checkpoints.verification.chain_differences import Restore
from complaints.values.errors import Unavailable

if TYPE_CHECKING:
    from cryptography.x509 import Certificate

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


class AuthorityStatement(Struct, frozen=True, kw_only=True):
    """What is signed of an authority: the certificates (PEM) to one of which time stamps must lead, from then
    on; none ends that."""

    format: int = FORMAT
    kind: Literal["authority"] = "authority"
    installation: str
    authorities: str
    at: datetime
    key: str


class _Named(Struct):
    """The kind of a statement."""

    kind: str = ""


MOST_CERTIFIED = 16_384
"""Bytes of a statement with the certificates of authorities: some eight of them."""

MOST_AT_ONCE = 60
"""How many statements of one moment find a place: each one has a second of its own."""

Stated = RestoreStatement | AuthorityStatement
S = TypeVar("S", RestoreStatement, AuthorityStatement)

_restore = msgspec.json.Decoder(RestoreStatement).decode
_authority = msgspec.json.Decoder(AuthorityStatement).decode
_kind = msgspec.json.Decoder(_Named).decode


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
    return _put_on_record(files, signer, statement)


def state_authority(
    files: EvidenceFiles, signer: Signer, installation: str, authorities: str, at: datetime
) -> None:
    """Puts on record which certificates (PEM) time stamps must lead to; an empty text says that nobody judges
    them any more. Raises `ValueError` for what is no certificate, and for more than `MOST_CERTIFIED`."""
    # cryptography is imported where it is used: most runs state nothing.
    from cryptography.x509 import load_pem_x509_certificates

    if authorities:
        load_pem_x509_certificates(authorities.encode())
    key = key_id(signer.public_key)
    statement = AuthorityStatement(installation=installation, authorities=authorities, at=at, key=key)
    if len(statement_bytes(statement)) > MOST_CERTIFIED:
        raise ValueError(f"the certificates of authorities have {MOST_CERTIFIED} bytes at most")
    _put_on_record(files, signer, statement)


def _put_on_record(files: EvidenceFiles, signer: Signer, statement: S) -> S:
    """Keeps a statement at its moment, or at the first one after it of which there is none: one event may
    bring several. Raises `Unavailable` where there is one of each."""
    for _ in range(MOST_AT_ONCE):
        data = statement_bytes(statement)
        if files.put(restore_key(statement.at), to_stored(data, signer.sign(data)), JSON):
            return statement
        statement = replace(statement, at=statement.at + timedelta(seconds=1))
    raise Unavailable


def stated_authorities(files: EvidenceFiles, trust: Trust) -> "tuple[Certificate, ...]":
    """The certificates that were put on record last by somebody whom the key obeys."""
    from cryptography.x509 import load_pem_x509_certificates

    stated = [each for each in _statements(files, trust) if isinstance(each, AuthorityStatement)]
    last = max(stated, key=lambda each: each.at, default=None)
    return tuple(load_pem_x509_certificates(last.authorities.encode())) if last and last.authorities else ()


def restore_key(at: datetime) -> str:
    """Where the statement of a moment lies."""
    return f"{RESTORES}{at:%Y-%m-%dT%H-%M-%S}.json"


def read_restores(files: EvidenceFiles, trust: Trust) -> tuple[list[Restore], list[Difference]]:
    """The restores on record, and each statement that nobody of ours signed, or that does not stand in its
    place."""
    restores, forged = [], []
    for each in _statements(files, trust):
        if isinstance(each, Difference):
            forged.append(each)
        elif isinstance(each, RestoreStatement) and each.kind == "restore":
            restores.append(Restore(each.to, each.at))
    return restores, forged


def _statements(files: EvidenceFiles, trust: Trust) -> Iterator[Stated | Difference]:
    """What operators put on record, and what of it cannot be read, is signed by no key of ours, or does not
    stand in its place."""
    for key in files.keys(RESTORES):
        try:
            data, signature = from_stored(files.get(key) or b"")
            statement = _authority(data) if _kind(data).kind == "authority" else _restore(data)
        except (NotAStatement, ValueError):
            yield Difference("checkpoint", "unreadable", key)
            continue
        public = trust.keys.get(statement.key)
        if not public or not is_signed(data, signature, public):
            yield Difference("checkpoint", "forged", key)
        elif key != restore_key(statement.at):
            yield Difference("checkpoint", "misplaced", key)
        else:
            yield statement
