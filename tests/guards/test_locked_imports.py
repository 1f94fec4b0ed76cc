"""A command imports only what its environment holds: `setup` installs run.lock, and nothing of the tests."""

import ast
import re
import sys
from collections.abc import Iterator
from functools import cache
from importlib.metadata import packages_distributions
from pathlib import Path

ROOT = Path(__file__).parents[2]
SOURCES = (ROOT, ROOT / "layers/core/python")
OWN = {"app", "complaints", "functions", "infrastructure"}

_RULE = re.compile(r"^[\w./]+:(?P<needs>[^\n]*)\n(?P<body>(?:\t[^\n]*\n)+)", re.MULTILINE)
_STARTED = re.compile(r"(?:\$\(RUN\)|\$\(BIN\)/python) -m ([\w.]+)")


def started_after_setup() -> set[str]:
    """The modules that the Makefile starts where only run.lock is installed."""
    rules = list(_RULE.finditer((ROOT / "Makefile").read_text("utf-8")))
    needs = [set(re.split(r"[ |]+", each["needs"].partition("##")[0])) for each in rules]
    ready = [each for each, needed in zip(rules, needs, strict=True) if {"setup", ".venv/ready"} & needed]
    return {module for each in ready for module in _STARTED.findall(each["body"])}


def file_of(module: str) -> Path | None:
    """The file of a module of our own, or of a package's own code."""
    for source in SOURCES:
        place = source / module.replace(".", "/")
        for path in (place.with_suffix(".py"), place / "__main__.py", place / "__init__.py"):
            if path.is_file():
                return path
    return None


def imported(tree: ast.AST) -> Iterator[str]:
    """The modules that code imports, at its top or where it is used, but for what only types need."""
    for node in ast.iter_child_nodes(tree):
        if isinstance(node, ast.If) and "TYPE_CHECKING" in ast.unparse(node.test):
            continue
        if isinstance(node, ast.Import):
            yield from (each.name for each in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module:
            yield node.module
            yield from (f"{node.module}.{each.name}" for each in node.names if file_of(node.module))
        else:
            yield from imported(node)


@cache
def imports_of(path: Path) -> frozenset[str]:
    return frozenset(imported(ast.parse(path.read_text("utf-8"))))


def packages_of(module: str) -> set[str]:
    """The packages of others that a module imports, by itself or through modules of our own."""
    found, seen, left = set[str](), set[Path](), [module]
    while left:
        name = left.pop()
        top = name.partition(".")[0]
        if top not in OWN:
            found |= {top} - sys.stdlib_module_names
        elif (path := file_of(name)) and path not in seen:
            seen.add(path)
            left += imports_of(path)
    return found


def locked() -> set[str]:
    """The packages of run.lock, by the names that they are imported by."""
    text = (ROOT / "requirements/run.lock").read_text("utf-8")
    names = {_plain(each) for each in re.findall(r"^([\w.-]+)==", text, re.MULTILINE)}
    return {
        module
        for module, owners in packages_distributions().items()
        if names & {_plain(each) for each in owners}
    }


def _plain(name: str) -> str:
    return re.sub(r"[-_.]+", "-", name).lower()


def test_what_runs_after_setup_imports_only_what_setup_installs() -> None:
    known = locked()
    lacking = {module: packages_of(module) - known for module in started_after_setup()}
    assert {module: lacks for module, lacks in lacking.items() if lacks} == {}


def test_the_walk_finds_what_a_command_imports() -> None:
    assert {"infrastructure.importing", "infrastructure.local.run"} <= started_after_setup()
    assert "rich" in packages_of("infrastructure.importing")
    assert "boto3" in packages_of("infrastructure.cli.deploy")
