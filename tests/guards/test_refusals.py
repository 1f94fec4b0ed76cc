"""Every refusal can be answered: it has a status, and words in every language."""

import ast
from collections.abc import Iterable, Iterator, Sequence, Set
from functools import cache
from pathlib import Path

import pytest

from complaints.values import errors
from complaints.values.errors import NotNow, Refusal
from functions.http.responses import STATUS, status_of_kind
from tests.guards.test_catalogues import LOCALES, ROOT, messages

LANGUAGES = sorted(path.name for path in LOCALES.iterdir())
SOURCES = [*(ROOT / "functions").rglob("*.py"), *(ROOT / "layers/core/python/complaints").rglob("*.py")]
in_every_language = pytest.mark.parametrize("language", LANGUAGES)


def kinds(kind: type[Refusal] = Refusal) -> Iterator[type[Refusal]]:
    """Every kind of refusal, below `kind`."""
    for below in kind.__subclasses__():
        yield below
        yield from kinds(below)


@cache
def trees() -> Sequence[ast.Module]:
    """What the sources say; only the process that runs these tests parses them."""
    return [ast.parse(path.read_text("utf-8")) for path in SOURCES]


KINDS = sorted(set(kinds()), key=lambda kind: kind.__qualname__)


def said(language: str) -> set[str]:
    return set(messages(LOCALES / language / "LC_MESSAGES/api.po"))


def constants(nodes: Iterable[ast.AST]) -> set[str]:
    """The texts that stand in code, as they are."""
    parts = (part for node in nodes for part in ast.walk(node) if isinstance(part, ast.Constant))
    return {part.value for part in parts if isinstance(part.value, str)}


@cache
def all_constants() -> Set[str]:
    """The texts that stand anywhere in the code."""
    return constants(trees())


@cache
def wrong_codes() -> Set[str]:
    """The codes of wrong values that the sources name: the second word of every `Wrong(…)`."""
    calls = [
        node
        for tree in trees()
        for node in ast.walk(tree)
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == "Wrong"
    ]
    return {code for code in constants(call.args[1] for call in calls) if code.isidentifier() or "-" in code}


def test_english_and_turkish_are_spoken() -> None:
    assert {"en", "tr"} <= set(LANGUAGES)


@pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.__name__)
def test_a_refusal_has_a_status_of_a_client_s_fault_or_of_a_store_that_is_away(kind: type[Refusal]) -> None:
    status = status_of_kind(kind)
    assert 400 <= status < 500 or status == 503
    assert status in STATUS.values()


@in_every_language
@pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.__name__)
def test_a_refusal_is_told_in_every_language(kind: type[Refusal], language: str) -> None:
    assert {f"api.problem.{kind.code}.title", f"api.problem.{kind.code}.detail"} <= said(language)
    if issubclass(kind, NotNow):
        assert f"api.rule.{kind.rule}" in said(language)


@in_every_language
def test_every_code_of_a_wrong_value_is_told_and_no_other(language: str) -> None:
    text = {msgid.removeprefix("api.wrong.") for msgid in said(language) if msgid.startswith("api.wrong.")}
    assert wrong_codes() <= text <= all_constants()


def test_the_tree_of_refusals_names_each_of_them() -> None:
    tree = errors.__doc__ or ""
    own = [kind for kind in KINDS if kind.__module__ == errors.__name__]
    assert [kind.__name__ for kind in own if f"── {kind.__name__} " not in tree] == []


def test_there_are_sources_to_look_through() -> None:
    assert Path(errors.__file__) in SOURCES
