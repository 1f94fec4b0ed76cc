"""Texts for staff use one word for one thing: `docs/terms.md` names the words that are not used."""

import re
from typing import NamedTuple

import pytest

from tests.guards.documents.documents import ROOT
from tests.guards.test_catalogues import LOCALES, forms, messages

STAFF = (
    "api", "case", "embed", "evaluation", "office", "queues", "records", "reports", "site_setup", "standard",
    "work",
)  # fmt: skip


class Unwanted(NamedTuple):
    """A word of a language that is not used, and parts of the msgids in which it is all the same."""

    language: str
    word: str
    but_in: tuple[str, ...]


def unwanted() -> list[Unwanted]:
    table = (ROOT / "docs/terms.md").read_text("utf-8").partition("## Words that are not used")[2]
    rows = re.findall(r"^\| (\w\w) \| (.+?) \| .+? \| (.*?)\|$", table, re.MULTILINE)
    return [Unwanted(language, word, tuple(re.findall(r"`(.+?)`", but))) for language, word, but in rows]


UNWANTED = unwanted()


@pytest.mark.parametrize("language", sorted({each.language for each in UNWANTED}))
def test_no_text_for_staff_uses_a_second_word_for_a_term(language: str) -> None:
    words = [each for each in UNWANTED if each.language == language]
    found = [
        f"{msgid} says {each.word}"
        for name in STAFF
        for msgid, message in messages(LOCALES / language / "LC_MESSAGES" / f"{name}.po").items()
        for each in words
        if re.search(rf"\b{each.word}", " ".join(forms(message)), re.IGNORECASE)
        and not any(part in msgid for part in each.but_in)
    ]
    assert found == []
