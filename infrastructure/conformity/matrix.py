"""Reads the claims of clauses and the marks of the tests, and writes `docs/iso10002.md` of both."""

import ast
import tomllib
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from operator import attrgetter
from pathlib import Path
from textwrap import fill
from typing import NamedTuple

import msgspec

ROOT = Path(__file__).resolve().parents[2]
PAGE = ROOT / "docs/iso10002.md"
MARK = "iso10002"
"""`@pytest.mark.iso10002("7.4 acknowledgement: letter")`: this test would fail if the claim were false."""

HEAD = """\
# What ISO 10002 asks, and what Answerable does

ISO 10002:2018 is guidance on the handling of complaints: it asks, and obliges nobody. This page names each
clause in our own words, what the product does about it, each claim with the tests that would fail if it were
false, and what is left to the organisation. Software certifies nobody: it leaves the evidence that an auditor
asks for.

`make conformity` writes this page of `infrastructure/conformity/clauses.toml` and of the marks of tests. A
guard (`tests/guards/documents/test_conformity.py`) refuses another one, and a claim without a test.
"""
CLAUSES = Path(__file__).with_name("clauses.toml")
WIDTH = 118


class Clause(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """What one clause asks, by ids what the product is said to do, and what is `missing` so far."""

    asks: str
    does: Mapping[str, str]
    where: str
    missing: str = ""
    organisation: str = ""


class MarkedTest(NamedTuple):
    """A test that shows a claim; `file` is relative to the project."""

    file: str
    name: str


def clauses(file: Path = CLAUSES) -> Mapping[str, Clause]:
    """The clauses by number and name, in the order of the standard."""
    return msgspec.convert(tomllib.loads(file.read_text("utf-8")), dict[str, Clause])


def marked_tests(folder: Path = ROOT / "tests") -> Mapping[str, Sequence[MarkedTest]]:
    """The tests by the claim that their marks name, in the order of files and of lines."""
    found: defaultdict[str, list[MarkedTest]] = defaultdict(list)
    for file in sorted(folder.rglob("test_*.py")):
        source = file.read_text("utf-8")
        if MARK not in source:
            continue
        for test in _tests_of(ast.parse(source)):
            for claim in _marks_of(test):
                found[claim].append(MarkedTest(str(file.relative_to(folder.parent)), test.name))
    return found


def page(asked: Mapping[str, Clause], shown: Mapping[str, Sequence[MarkedTest]]) -> str:
    """The page in Markdown: a summary, and a part for each clause."""
    return "\n".join([HEAD, *_summary(asked, shown), *_parts(asked, shown)])


def claims(asked: Mapping[str, Clause]) -> Mapping[str, str]:
    """What the product is said to do, by the name that marks give: `<clause>: <id>`."""
    return {f"{name}: {id}": said for name, clause in asked.items() for id, said in clause.does.items()}


def _summary(asked: Mapping[str, Clause], shown: Mapping[str, Sequence[MarkedTest]]) -> Iterator[str]:
    partly = [name for name, clause in asked.items() if clause.missing]
    tests = len({test for claim in claims(asked) for test in shown.get(claim, ())})
    named = f" ({', '.join(partly)})" if partly else ""
    yield fill(
        f"{len(asked)} clauses: {len(asked) - len(partly)} whole, {len(partly)} in part{named}. "
        f"{tests} tests show {len(claims(asked))} claims.",
        WIDTH,
    )
    yield ""


def _parts(asked: Mapping[str, Clause], shown: Mapping[str, Sequence[MarkedTest]]) -> Iterator[str]:
    for name, clause in asked.items():
        yield f"## {name}\n"
        lines = {
            "Asks": clause.asks,
            "Where": clause.where,
            "Not yet": clause.missing,
            "The organisation": clause.organisation,
        }
        yield from (_item(f"- **{label}:** {text}") for label, text in lines.items() if text)
        for id, said in clause.does.items():
            yield _item(f"- {said}")
            yield from _files(shown.get(f"{name}: {id}", ()))
        yield ""


def _files(tests: Iterable[MarkedTest]) -> Iterator[str]:
    for test in sorted(tests, key=attrgetter("file")):
        sentence = test.name.removeprefix("test_").replace("_", " ")
        yield _item(f"  - {sentence} (`{test.file}`)", deeper="  ")


def _item(text: str, deeper: str = "") -> str:
    return fill(text, WIDTH, subsequent_indent=deeper + "  ", break_on_hyphens=False, break_long_words=False)


def _tests_of(tree: ast.Module) -> Iterator[ast.FunctionDef]:
    for node in ast.walk(tree):
        if isinstance(node, ast.FunctionDef) and node.name.startswith("test_"):
            yield node


def _marks_of(test: ast.FunctionDef) -> Iterator[str]:
    for decorator in test.decorator_list:
        match decorator:
            case ast.Call(func=ast.Attribute(attr=name), args=[*arguments]) if name == MARK:
                yield from (ast.literal_eval(each) for each in arguments)
