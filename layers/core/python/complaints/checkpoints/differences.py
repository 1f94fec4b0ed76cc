"""What does not fit: between the checkpoints themselves, and between them and the record."""

from typing import Literal

from msgspec import Struct

What = Literal["checkpoint", "case", "setting", "record", "entry", "letter", "run", "file", "mail", "erasure"]


class Difference(Struct, frozen=True):
    """One thing that does not fit, by its harm.

    `name` is a checkpoint (`2026/11/28T20`), a chain (`case#C-…`), a letter, a file or a mail
    (`<reference>/<id>`) or a run of the retention rules (`retention#<site>/<day>`); of an entry `number` says
    which, of a file or a mail which entry tells of it. `checkpoint` is the one that shows it, if one does.

    A checkpoint is `missing` (others say that it was), `unreadable`, `forged` (no key of ours signed it, or
    it is not the one that is known from elsewhere), `misplaced` (it is signed, and stands where another one
    was), `out-of-order` (it does not follow on the one before it), or `rolled-back` (it was made later, and
    is gone); its leaves are `leaves-missing` or `leaves-changed`; its time stamp is `stamp-unreadable`,
    `stamp-forged` (not signed as it should be), `stamp-of-another`, `stamp-too-early`, or `stamp-of-stranger`
    (it does not lead to the authority that is named). A case, a setting or a record is
    `missing`, `unreadable`, or `state-changed`: its entries do not lead to what is stored; a case is
    `index-changed` where they do not lead to the lists it or its tasks stand in, to what these show, or to
    when it is due. An entry is `missing`, `changed`, `unreadable`, `foreign`, `out-of-order`, `text-changed`
    or `text-missing`. A letter is `missing`, `changed` (another one than was sent), `words-changed`,
    `words-missing` (neither redacted nor erased, nor removed by a rule of retention), `recipient-changed` or
    `state-changed`. A run is `missing` or `changed`, and so is a file or a mail in the store of files, or it
    is `unreadable`: the store does not hand it out. One on the list of erasures is `missing`, or `unasked`:
    by no fact.
    """

    what: What
    harm: str
    name: str
    number: int | None = None
    checkpoint: str | None = None


def kind_of_chain(chain: str) -> What:
    """What a chain is the history of, by its name."""
    kind = chain.partition("#")[0]
    if kind == "case":
        return "case"
    if kind == "retention":
        return "run"
    return "record" if kind == "record" else "setting"
