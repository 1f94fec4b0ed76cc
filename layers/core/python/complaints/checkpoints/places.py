"""Where things lie in the evidence bucket.

    checkpoints/2026/11/28T20.json                        the checkpoint of an hour, signed
    checkpoints/2026/11/28T20.<root>.leaves.jsonl.gz      its leaves, a line each
    checkpoints/2026/11/28.json, 28.<root>.leaves.jsonl.gz    those of a day: the statements of its hours
    checkpoints/2026/11/28.tsr                            the time stamp of that of a day: the answer, DER
    keys/<key>.pem                                        the public half of each key that ever signed
    restores/<moment>.json                                that the table was restored, signed
    verifications/<moment>.json                           what a scheduled run found, signed
    erasures/2026/11/28/C-….json                          what a restored table must forget again

Leaves are named by their root as well: a run that died before it signed leaves some that belong to nothing,
and the next one need not overwrite them, which the bucket refuses.
"""

import re
from datetime import datetime

from complaints.checkpoints.statement import Kind, Statement

CHECKPOINTS, KEYS, RESTORES, VERIFICATIONS = "checkpoints/", "keys/", "restores/", "verifications/"
ERASURES = "erasures/"
STAMP = ".tsr"
"""How the names of time stamps end, as those of openssl do."""
_FORMATS: dict[Kind, str] = {"hour": "%Y/%m/%dT%H", "day": "%Y/%m/%d"}


def checkpoint_name(kind: Kind, since: datetime) -> str:
    """What a checkpoint is called, by the moment (UTC) from which on it stands for what was noted."""
    return since.strftime(_FORMATS[kind])


def checkpoint_key(kind: Kind, since: datetime) -> str:
    return f"{CHECKPOINTS}{checkpoint_name(kind, since)}.json"


def stamp_key(day: datetime) -> str:
    """Where the time stamp of the checkpoint of a day lies."""
    return stamp_beside(checkpoint_key("day", day))


def stamp_beside(checkpoint: str) -> str:
    """Where the time stamp of the checkpoint of a day lies, by the key of the checkpoint."""
    return f"{checkpoint.removesuffix('.json')}{STAMP}"


def leaves_key(statement: Statement) -> str:
    return f"{CHECKPOINTS}{checkpoint_name(statement.kind, statement.since)}.{statement.root}.leaves.jsonl.gz"


def public_key_key(key: str) -> str:
    return f"{KEYS}{key}.pem"


_NAMES: dict[Kind, re.Pattern[str]] = {
    "hour": re.compile(r"checkpoints/\d{4}/\d\d/\d\dT\d\d\.json"),
    "day": re.compile(r"checkpoints/\d{4}/\d\d/\d\d\.json"),
}


def kind_of(key: str) -> Kind | None:
    """Which checkpoint a file is by its name; `None` for leaves, and for what is none."""
    return next((kind for kind, name in _NAMES.items() if name.fullmatch(key)), None)
