"""What a stranger sees offline, by `verify.py` alone, of each thing that is done to table and buckets."""

from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple

from infrastructure.cli.data.copy_record import items_of_table, write_copy
from tests.evidence.sealed_installation import all_items, keys_table
from tests.evidence.tamperings import House
from tests.evidence.verifier import put

Verify = Callable[..., tuple[int, str]]


class Seen(NamedTuple):
    """The words of the verifier of a copy of the table beside copies of the buckets; of a pack with the names
    of its sample, where it shows that; and of a copy of the evidence bucket alone."""

    copy: str
    pack: str = ""
    bucket: str = ""
    needs_keys: bool = False
    """A copy of the table without data keys does not show it."""


OWN_WORD = "by the organisation's own word"
RUN, TWICE = "is not the run that was sealed", "is not the one that was sealed before"
SENT = "is not the one that its case says was sent"
LEFT_OUT = "this checkpoint is missing"
LAST = "the last one is gone"
KEY = "is not called as the hash of the key begins"
LEAVES = ".leaves.jsonl.gz: "

TABLE = {
    "an entry says something else": Seen("was sealed on another entry 1", "was sealed on another entry 1"),
    "an entry is of somebody else, and all after it fits": Seen(
        "is not the one that was sealed", "is not the one that was sealed"
    ),
    "the last entry is of somebody else, and the state fits": Seen(
        "is not the one that was sealed", "is not the one that was sealed"
    ),
    "an entry in the middle is gone": Seen("is missing or out of order", "is missing or out of order"),
    "the tail is cut": Seen("ends before entry", "does not end as the register says"),
    "the tail is cut, and the state fits": Seen("ends before entry", "ends before entry"),
    "two entries are swapped": Seen("says that it is another", "says that it is another"),
    "an entry is that of another case": Seen("is of another chain", "is of another chain"),
    "an entry cannot be read": Seen("no JSON", "no JSON"),
    "a whole case is gone": Seen("is gone, and was sealed"),
    "the state of a case is gone": Seen("its state is gone"),
    "a case is somebody else's": Seen("its state was written anew after entry", OWN_WORD),
    "words are others": Seen("is not what was committed to", "is not what was committed to"),
    "words are others, and encrypted as ours are": Seen(
        "is not what was committed to", "is not what was committed to", needs_keys=True
    ),
    "words are gone": Seen("is gone, and no fact says why", OWN_WORD),
    "a letter is gone": Seen("is gone, and an entry tells of it"),
    "a letter is another one": Seen(SENT, SENT),
    "a letter went to somebody else": Seen(SENT, SENT),
    "a letter that failed was sent": Seen("is sent, and its case says otherwise"),
    "a letter as it is kept says something else": Seen("its words are not those that were sent"),
    "a letter as it is kept is gone": Seen("its words are gone, and no fact says why"),
    "a letter as it is kept is for somebody else": Seen("is for somebody else than it was sent to"),
    "the history of a setting says something else": Seen("was sealed on another entry 1"),
    "a setting is another one": Seen("is not the one that follows from its facts"),
    "a setting is gone with its history": Seen("is gone, and was sealed"),
    "a record says something else": Seen("is not the one that follows from its facts"),
    "a record is gone with its history": Seen("is gone, and was sealed"),
    "a setting has no history and says that it has none": Seen("is gone, and was sealed"),
    "a promise is due in many years": Seen(""),
    "a case stands in no queue": Seen(""),
    "a case is in lists of another category": Seen(""),
    "lists show another stage of a case": Seen(""),
    "lists show a case due in many years": Seen(""),
    "lists show that nobody has asked again": Seen(""),
    "lists show another subject, in clear": Seen(""),
    "lists show another subject, encrypted as ours are": Seen(""),
    "lists show no subject": Seen(""),
    "lists show the subject of another case": Seen(""),
    "lists show a task due in many years": Seen(""),
    "a task stands among those due in many years": Seen(""),
    "a task is in no list": Seen(""),
    "the state of a case cannot be read": Seen("no JSON", OWN_WORD),
    "a retention run says that it erased other cases": Seen(TWICE, bucket=TWICE),
    "a retention run has not ended": Seen(RUN),
    "a retention run cannot be read": Seen(TWICE, bucket=TWICE),
    "a retention run is gone": Seen("is gone, and was sealed"),
    "an entry is of a chain that there is not": Seen("is of another chain"),
    "an entry is of a record without a name": Seen("is of another chain"),
}

STORE = {
    "a file is gone": Seen("is missing, and no fact says why", "is missing"),
    "a file is another one": Seen("is another one than that which came", "is no file that", needs_keys=True),
    "a mail as it came is gone": Seen("is missing, and no fact says why"),
    "a mail as it came is another one": Seen("is another one than that which came"),
    "a file is another one, and the store tells its checksum": Seen(
        "is another one than that which came", "is no file that", needs_keys=True
    ),
}

BUCKET = {
    "a checkpoint is gone": Seen(LEFT_OUT, bucket=LEFT_OUT),
    "the last checkpoint is gone": Seen(LAST),
    "all checkpoints are gone": Seen(LAST),
    "the first checkpoint is gone": Seen("that is missing", bucket="that is missing"),
    "a checkpoint is signed by another key": Seen(KEY, bucket=KEY),
    "a checkpoint is not what was signed": Seen(KEY, bucket=KEY),
    "a checkpoint is that of another hour": Seen("its statement is of", bucket="its statement is of"),
    "a cut tail is excused by a restore that nobody of ours stated": Seen(
        "signed by a key that is not in keys/", bucket="signed by a key that is not in keys/"
    ),
    "the statement of a restore is copied": Seen(
        "is a copy of a statement", bucket="is a copy of a statement"
    ),
    "a checkpoint cannot be read": Seen("'statement' is missing", bucket="'statement' is missing"),
    "leaves are gone": Seen(LEAVES, bucket=LEAVES),
    "a leaf is left out": Seen(LEAVES, bucket=LEAVES),
    "an erasure that nobody asked for is listed": Seen("nobody asked for it"),
    "leaves cannot be read": Seen(LEAVES, bucket=LEAVES),
}


class Copies:
    """Copies of the table and of both buckets as they are now, and what the verifier says of them."""

    def __init__(self, house: House, folder: Path, verify: Verify) -> None:
        self.verify = verify
        self.table, self.bucket, self.files = (folder / name for name in ("table", "bucket", "files"))
        write_copy(all_items().values(), items_of_table(keys_table()), house.world.now(), self.table)
        for path, content in ((self.bucket, house.files.files), (self.files, house.stored)):
            path.mkdir(parents=True)
            put(content, path)

    def shows(self, seen: Seen) -> None:
        """Each of the copies shows what it is said to show, and no more."""
        code, told = self.verify(self.bucket, "--table", self.table, "--files", self.files)
        assert (code, seen.copy in _last(told)) == (int(bool(seen.copy)), True), told
        code, told = self.verify(self.bucket)
        assert (code == 1, seen.bucket in _last(told)) == (bool(seen.bucket), True), told
        (self.table / "keys.jsonl.gz").unlink()
        code, told = self.verify(self.bucket, "--table", self.table, "--files", self.files)
        assert (code == 1) is bool(seen.copy and not seen.needs_keys), told


def _last(told: str) -> str:
    return told.splitlines()[-1]
