"""A newcomer who searches for the usual word finds the file, as CONTRIBUTING.md says."""

import ast
import re
from functools import cache

import pytest

from tests.guards.documents.documents import ROOT

ROW = re.compile(r"^\| (.+\?) \| ([\w ]+) \| `([\w./]+)` \|$", re.MULTILINE)
QUESTIONS = ROW.findall((ROOT / "CONTRIBUTING.md").read_text("utf-8"))
ASKED_OFTEN = 10
"""How many questions are answered at least."""


@cache
def first_lines() -> dict[str, str]:
    """The modules of the product by their paths, in order, with the first lines of their docstrings."""
    files = [ROOT / "app.py", *ROOT.glob("functions/**/*.py"), *ROOT.glob("layers/**/*.py")]
    documented = {
        str(file.relative_to(ROOT)): ast.get_docstring(ast.parse(file.read_text("utf-8"))) or ""
        for file in files
    }
    return {path: value.partition("\n")[0].lower() for path, value in sorted(documented.items())}


def first_file_found(word: str) -> str:
    """By the rule that CONTRIBUTING.md states: name, plural, part of a name, first line; then by path."""
    typed = word.lower()
    name = typed.replace(" ", "_")

    def place(path: str) -> int | None:
        stem = path.rpartition("/")[2].removesuffix(".py").lower()
        answers = (stem == name, stem == f"{name}s", name in stem, typed in first_lines()[path])
        return answers.index(True) if any(answers) else None

    found = [(rank, path) for path in first_lines() if (rank := place(path)) is not None]
    return min(found, default=(0, "nothing"))[1]


def test_there_are_questions() -> None:
    assert len({word for _, word, _ in QUESTIONS}) == len(QUESTIONS) >= ASKED_OFTEN


@pytest.mark.parametrize(("question", "word", "file"), QUESTIONS)
def test_the_first_file_found_answers_the_question(question: str, word: str, file: str) -> None:
    assert first_file_found(word) == file, question


@pytest.mark.parametrize(("word", "file"), [row[1:] for row in QUESTIONS])
def test_the_first_line_of_the_answer_has_the_word(word: str, file: str) -> None:
    assert word.lower() in first_lines()[file]
