"""Which keys a reader of checkpoints trusts: that of the installation, and those that the operator names."""

from collections.abc import Iterable

from complaints.checkpoints.places import public_key_key
from complaints.checkpoints.ports import EvidenceFiles
from complaints.checkpoints.signature import key_id


def trusted_keys(files: EvidenceFiles, own: bytes | None, named: Iterable[str]) -> dict[str, bytes]:
    """Public keys (PEM) by their ids. Those that are `named` lie in the bucket, where others might lie, too:
    only the one with that id counts."""
    keys = {key_id(own): own} if own else {}
    for name in named:
        pem = files.get(public_key_key(name))
        if pem is not None and _is(pem, name):
            keys[name] = pem
    return keys


def _is(pem: bytes, name: str) -> bool:
    try:
        return key_id(pem) == name
    except ValueError:
        return False
