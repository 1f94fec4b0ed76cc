"""`docs/glossary.md` explains words that the code uses, each with the place where it stands."""

import re

import pytest

from tests.guards.documents.documents import ROOT

RULES = ROOT / "layers/core/python/complaints"
ROW = re.compile(r"^\| ([a-z -]+) \| (.+) \| (.+) \| `(\w+)` in `([\w./]+)` \|$", re.MULTILINE)
PAGE = (ROOT / "docs/glossary.md").read_text("utf-8")
ROWS = ROW.findall(PAGE)


def test_every_row_of_the_glossary_names_the_code_of_its_term() -> None:
    rows = [line for line in PAGE.splitlines() if line.startswith("| ")][1:]
    assert len(ROWS) == len([row for row in rows if not row.startswith("| ---")])


def test_the_terms_stand_in_alphabetical_order_each_once() -> None:
    terms = [term for term, *_ in ROWS]
    assert terms == sorted(set(terms))


@pytest.mark.parametrize(("term", "name", "path"), [(row[0], *row[3:]) for row in ROWS])
def test_the_code_of_a_term_is_defined_where_the_glossary_says(term: str, name: str, path: str) -> None:
    file = (ROOT if path.startswith("functions/") else RULES) / path
    defined = re.compile(rf"^\s*(?:class|def) {name}\b|^{name}\b.* = ", re.MULTILINE)
    assert defined.search(file.read_text("utf-8")), f"{term}: {path} defines no {name}"
