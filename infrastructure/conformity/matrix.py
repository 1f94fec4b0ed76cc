"""Reads the clauses and the marks of the tests, and writes `docs/iso10002.md` of both."""

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
"""`@pytest.mark.iso10002("7.4 acknowledgement")`: this test shows what the product does about the clause."""

HEAD = """\
# What ISO 10002 asks, and what Answerable does

ISO 10002:2018 is guidance on the handling of complaints: it asks, and obliges nobody. This page names each
clause in our own words, what the product does about it, the tests that show it, and what is left to the
organisation that uses it. Software certifies nobody: it leaves the evidence that an auditor asks for.

`make conformity` writes this page of `infrastructure/conformity/clauses.toml` and of the tests that carry the
mark of a clause. A guard (`tests/guards/documents/test_conformity.py`) refuses a page that says otherwise.
"""
CLAUSES = Path(__file__).with_name("clauses.toml")
WIDTH = 118


class Clause(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """What one clause asks; `missing` is what the product should do and does not yet."""

    asks: str
    does: str
    where: str
    missing: str = ""
    organisation: str = ""


class MarkedTest(NamedTuple):
    """A test that shows what the product does about a clause; `file` is relative to the project."""

    file: str
    name: str


def clauses(file: Path = CLAUSES) -> Mapping[str, Clause]:
    """The clauses by number and name, in the order of the standard."""
    return msgspec.convert(tomllib.loads(file.read_text("utf-8")), dict[str, Clause])


def marked_tests(folder: Path = ROOT / "tests") -> Mapping[str, Sequence[MarkedTest]]:
    """The tests by the clause that their marks name, in the order of files and of lines."""
    found: defaultdict[str, list[MarkedTest]] = defaultdict(list)
    for file in sorted(folder.rglob("test_*.py")):
        source = file.read_text("utf-8")
        if MARK not in source:
            continue
        for test in _tests_of(ast.parse(source)):
            for clause in _marks_of(test):
                found[clause].append(MarkedTest(str(file.relative_to(folder.parent)), test.name))
    return found


def page(asked: Mapping[str, Clause], shown: Mapping[str, Sequence[MarkedTest]]) -> str:
    """The page in Markdown: a summary, and a part for each clause."""
    return "\n".join([HEAD, *_summary(asked, shown), *_parts(asked, shown)])


def _summary(asked: Mapping[str, Clause], shown: Mapping[str, Sequence[MarkedTest]]) -> Iterator[str]:
    whole = sum(not clause.missing for clause in asked.values())
    tests = len({test for clause in asked for test in shown.get(clause, ())})
    yield f"{len(asked)} clauses: {whole} whole, {len(asked) - whole} in part. {tests} tests show them.\n"
    yield "| clause | state | tests |"
    yield "| --- | --- | --- |"
    for name, clause in asked.items():
        yield f"| {name} | {'in part' if clause.missing else 'whole'} | {len(shown.get(name, ()))} |"
    yield ""


def _parts(asked: Mapping[str, Clause], shown: Mapping[str, Sequence[MarkedTest]]) -> Iterator[str]:
    for name, clause in asked.items():
        yield f"## {name}\n"
        lines = {
            "Asks": clause.asks,
            "The product": clause.does,
            "Where": clause.where,
            "Not yet": clause.missing,
            "The organisation": clause.organisation,
        }
        yield from (_item(f"- **{label}:** {text}") for label, text in lines.items() if text)
        yield "- **Shown by:**"
        yield from _files(shown.get(name, ()))
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
