"""What the next checkpoint seals: each entry, letter, state of a case and run of retention rules as the
stream told of it.

    noted   noted    2026-11-28T20#<leaf>    one of them: the sort key is all there is
    sealed  sealed   sealed                  the checkpoint that was made last
    sealed  sealed   mailed                  the day whose checkpoint was sent by mail last

A note has the seal that the entry had as it came down the stream: what is changed before it is sealed does
not fit any more. Notes expire by themselves: nothing has to be allowed to remove them.
"""

from base64 import b64decode
from collections.abc import Iterable, Iterator, Mapping
from datetime import date, datetime, timedelta
from hashlib import sha256
from typing import Any

import msgspec

from complaints.adapters.config import telemetry
from complaints.adapters.dynamodb.key_schema import (
    MAILED,
    NOTED,
    SEALED,
    hour_sk,
    identity_pk,
    private_pk,
    reference_in,
)
from complaints.adapters.dynamodb.models import NoteItem, SealedItem
from complaints.adapters.dynamodb.reads import answering, get_all
from complaints.checkpoints.leaf import (
    ChainLeaf,
    HeadLeaf,
    Leaf,
    LetterLeaf,
    NotALeaf,
    RunLeaf,
    canonical,
    read_leaf,
)
from complaints.checkpoints.ports import Last
from complaints.delivery.delivery_state import FAILED, SENT, SPARED
from complaints.letters.letter_marks import POSTED, TOLD
from complaints.letters.notices.digest import is_digest

KEPT_FOR = timedelta(days=35)
"""As long as the table can be restored; a run that comes later than that finds no notes."""

DONE = frozenset({SENT, FAILED, SPARED, POSTED, TOLD})
"""What a letter is when something became of it."""

UNREADABLE = "CheckpointsRolledBack"
"""What is counted where the item of the last checkpoint is not as it was written: the alarm is that of one
that is gone, for nobody can tell any more whether one is."""

_PAGE = 500
_ENTRY = "entry#"


class _Run(msgspec.Struct):
    """What is read of a run of retention rules: whether it ended, and so is not written again."""

    ended_at: datetime | None = None


_run = msgspec.json.Decoder(_Run).decode
_last = msgspec.json.Decoder(Last).decode
_day = msgspec.json.Decoder(date).decode


class DynamoCheckpointNotes:
    """Notes in DynamoDB (port `Notes`)."""

    @staticmethod
    def leaf_in(image: Mapping[str, Any]) -> Leaf | None:
        """What the new image of a stream record says that is to be sealed: an entry of any chain, the state
        of a case, a run of retention rules that ended, or a letter of which something became. (A digest
        vanishes in time; the letters in it are letters of cases.)"""
        kind, pk, sk = image.get("item", {}).get("S"), image["pk"]["S"], image["sk"]["S"]
        if kind == "entry":
            seal = sha256(b64decode(image["data"]["B"])).hexdigest()
            return ChainLeaf(pk, int(sk.partition("#")[2]), seal)
        if kind == "head":
            return head_leaf(pk, image["number"]["N"], image["state"]["S"])
        if kind == "retention_run":
            return run_leaf(pk, sk, image["run"]["S"])
        if kind != "letter" or image["state"]["S"] not in DONE or is_digest(reference_in(pk)):
            return None
        digest, to = (image.get(name, {}).get("S", "") for name in ("digest", "recipient"))
        return LetterLeaf(f"{reference_in(pk)}/{sk.partition('#')[2]}", digest, to, image["state"]["S"])

    @staticmethod
    def chain_in(key: Mapping[str, Any]) -> str | None:
        """The chain of an entry, by its key: what people wrote stands apart, and goes when it must."""
        pk, sk = key.get("pk", {}).get("S", ""), key.get("sk", {}).get("S", "")
        is_apart = pk.startswith((private_pk(""), identity_pk("")))
        return pk if sk.startswith(_ENTRY) and not is_apart else None

    def note(self, at: datetime, leaves: Iterable[Leaf]) -> None:
        expires = int((at + KEPT_FOR).timestamp())
        with answering(), NoteItem.batch_write() as batch:
            for line in {canonical(leaf).decode() for leaf in leaves}:
                batch.save(NoteItem(NOTED, f"{hour_sk(at)}#{line}", expires=expires))

    def between(self, since: datetime | None, until: datetime) -> Iterator[Leaf]:
        first = hour_sk(since) if since else " "
        with answering():
            # What an hour is called sorts before all that was noted in it.
            for item in NoteItem.query(
                NOTED, NoteItem.sk.between(first, hour_sk(until)), consistent_read=True, page_size=_PAGE
            ):
                try:
                    yield read_leaf(item.sk.partition("#")[2].encode())
                except NotALeaf as error:
                    # Not one of ours: it must not keep the others from being sealed.
                    telemetry.failure("a note cannot be read", error)

    def last_checkpoint(self) -> Last | None:
        found = next((item for item in get_all([SEALED]) if isinstance(item, SealedItem)), None)
        try:
            return _last(found.last) if found else None
        except msgspec.DecodeError as error:
            # Not ours: the bucket says what was sealed. It must not keep what changed from being sealed.
            telemetry.failure("the last checkpoint cannot be read", error)
            telemetry.count(UNREADABLE)
            return None

    def keep_last_checkpoint(self, last: Last) -> None:
        with answering():
            SealedItem(*SEALED, last=canonical(last).decode()).save()

    def last_mailed(self) -> date | None:
        found = next((item for item in get_all([MAILED]) if isinstance(item, SealedItem)), None)
        try:
            return _day(found.last) if found else None
        except msgspec.DecodeError as error:
            # Not ours: that of the last day is sent then, as if none had been before.
            telemetry.failure("the day that was mailed last cannot be read", error)
            return None

    def keep_last_mailed(self, day: date) -> None:
        with answering():
            SealedItem(*MAILED, last=msgspec.json.encode(day).decode()).save()


def head_leaf(pk: str, number: int | str, state: str) -> HeadLeaf:
    """What is sealed of the state of a case as it is stored."""
    return HeadLeaf(pk, int(number), sha256(state.encode()).hexdigest())


def run_leaf(pk: str, sk: str, stored: str) -> RunLeaf | None:
    """What is sealed of a run of retention rules as it is stored, once it ended, or that cannot be read: none
    of ours was ever so, and what was sealed of it before does not fit then."""
    try:
        if _run(stored).ended_at is None:
            return None
    except ValueError as error:
        telemetry.failure("a run of retention rules cannot be read", error, run=f"{pk}/{sk}")
    return RunLeaf(f"{reference_in(pk)}/{reference_in(sk)}", sha256(stored.encode()).hexdigest())
