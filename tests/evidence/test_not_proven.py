"""What somebody does and nothing finds is named as not proven: by `verify.py`, and in the README of a pack.

Each would have to be named no more once it is found: the test fails then.
"""

import re
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from typing import NamedTuple

import msgspec
import pytest

from complaints.adapters.dynamodb.key_schema import access_pk, case_pk, entry_sk, tally_pk
from complaints.values.casework.access_log import AccessEntry, AccessKind
from functions.workers.search_index import index_case
from infrastructure.package.build import ROOT
from tests.evidence.sealed_installation import all_items, drop, item, items_of
from tests.evidence.seen_offline import Copies, Seen
from tests.evidence.tamperings import House, change, sent_letter
from tests.evidence.verifier import Bare, verifier

ENGLISH = ROOT / "templates/locale/en/LC_MESSAGES/evidence.po"


class Unproven(NamedTuple):
    """What is done, and the words by which `verify.py` and the README name it."""

    does: Callable[[House], object]
    verifier: str
    readme: str


def key_that(begins: str) -> tuple[str, str]:
    """The key of an item whose partition begins so."""
    return next(key for key in all_items() if key[0].startswith(begins))


def count_otherwise(house: House) -> None:
    house.world.counters.count(house.first_case)
    found = next(
        each for each in items_of(tally_pk("demo")) if re.match(r"day#[^#]+#received", each["sk"]["S"])
    )
    number = next(name for name, value in found.items() if "N" in value and name not in ("revision", "whole"))
    change(found["pk"]["S"], found["sk"]["S"], **{number: {"N": "4711"}})


def read_unseen(house: House) -> None:
    """Somebody reads the case, and takes the line out that says so."""
    now = house.world.now()
    entry = AccessEntry(
        place=house.first_case, site="demo", member="ada", roles=(), kind=AccessKind.CASE, at=now
    )
    house.world.access_log.note(entry, now + timedelta(days=1))
    (line,) = items_of(access_pk(house.first_case))
    drop(line["pk"]["S"], line["sk"]["S"])


def call_earlier(house: House) -> None:
    key = sent_letter(house)
    letter = msgspec.json.decode(item(*key)["letter"]["S"])
    letter["called_for"] = "2020-01-01T00:00:00Z"
    change(*key, letter={"S": msgspec.json.encode(letter).decode()})


def lose_a_word(house: House) -> None:
    index_case(house.world.cases.entries, house.world.search, house.first_case)
    drop(*key_that("search#"))


def lose_a_result(house: House) -> None:
    house.verify_daily()
    del house.files.files[next(name for name in house.files.files if name.startswith("verifications/"))]


UNPROVEN = {
    "a number of a report is another one": Unproven(count_otherwise, "figures", "Figures"),
    "a line of the access log is gone": Unproven(
        read_unseen, "who read what (the access log)", "who read what (the access log)"
    ),
    "a letter bounced": Unproven(
        lambda it: change(*sent_letter(it), fate={"S": "bounced"}),
        "what became of it after it had left",
        "what became of it after it had left",
    ),
    "a letter was called for earlier": Unproven(
        call_earlier, "when a letter was called for", "when a letter was called for"
    ),
    "a mail is gone from the list of those that came in": Unproven(
        lambda _: drop(*key_that("private#inbox#")),
        "the list of mails that came in",
        "the list of mails that came in",
    ),
    "a case is found by a word no more": Unproven(
        lose_a_word,
        "by which words a case is found",
        "by which words a case is found",
    ),
    "an entry was written by another request": Unproven(
        lambda it: change(case_pk(it.first_case), entry_sk(2), correlation={"S": "another"}),
        "which request wrote an entry",
        "which request wrote an entry",
    ),
    "a result of a verification is gone": Unproven(
        lose_a_result, "that no result of a verification is gone", "that none of their results is gone"
    ),
    "a file that nobody announced lies in the store": Unproven(
        lambda it: it.stored.__setitem__(f"kept/{it.first_case}/unannounced", b"A picture."),
        "that nothing else lies in the store of files",
        "that nothing else lies in the store of files",
    ),
}


@pytest.mark.parametrize("name", UNPROVEN)
def test_s116_what_nothing_finds_is_named_as_not_proven(
    house: House, bare: Bare, tmp_path: Path, name: str
) -> None:
    unproven = UNPROVEN[name]
    before = all_items(), dict(house.stored)
    unproven.does(house)
    house.seal()
    assert house.verify_daily().differences == ()
    assert house.verify().differences == ()
    Copies(house, tmp_path, bare).shows(Seen(""))
    assert (all_items(), dict(house.stored)) != before or name == "a result of a verification is gone"
    (limits,) = re.findall(r'msgid "evidence.limits"\nmsgstr "(.*)"', ENGLISH.read_text())
    assert unproven.readme in limits
    assert unproven.verifier in verifier.NOT_PROVEN
