"""What the code stores and tells, collected from the code: items, private values, log fields, cookies."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple, get_args

from pynamodb.models import Model

from complaints.adapters.dynamodb import models
from complaints.case.facts import AnyFact
from complaints.checkpoints import places
from infrastructure.template import mail
from infrastructure.template.permissions.secrets import CLIENT_SECRET, PURPOSES, TIME_STAMP_LOGIN
from infrastructure.template.storage import files

ROOT = Path(__file__).parents[2]
CODE = (ROOT / "functions", ROOT / "layers/core/python/complaints")
_FOLDER = re.compile(r"(?:[a-z-]+/)+")
_COOKIE = re.compile(r"__(?:Host|Secure)-[a-z]+(?:-[a-z]+)*")
_NOTES = {("request", "note"), ("telemetry", "note"), ("telemetry", "failure")}


class StoredItem(NamedTuple):
    """A kind of item, and its attributes beside those that every item has."""

    name: str
    attributes: tuple[str, ...]


def items() -> list[StoredItem]:
    """Every kind of item of the tables, by its model: what it has beside what each item has."""
    common = set(_attributes(models.Item))
    return [
        StoredItem(
            kind.__name__,
            tuple(sorted(set(_attributes(kind)) - (common if kind is not models.Item else set()))),
        )
        for kind in sorted(_kinds(Model), key=lambda kind: kind.__name__)
        if kind.__module__ == models.__name__
    ]


def _kinds(kind: type[Model]) -> Iterator[type[Model]]:
    for each in kind.__subclasses__():
        yield each
        yield from _kinds(each)


def _attributes(kind: type[Model]) -> Iterator[str]:
    return (str(each.attr_name) for each in kind.get_attributes().values())


def private_values() -> list[tuple[str, tuple[str, ...]]]:
    """The facts of cases that hold what people wrote or who they are, with the fields that do."""
    facts = sorted(get_args(AnyFact), key=lambda fact: str(fact.__name__))
    return [(fact.__name__, fact.PRIVATE) for fact in facts if fact.PRIVATE]


def folders() -> list[str]:
    """The folders of the buckets: whatever the modules name that make buckets and the places in them."""
    named = (value for module in (files, mail, places) for value in vars(module).values())
    return sorted({value for value in named if isinstance(value, str) and _FOLDER.fullmatch(value)})


def log_fields() -> list[str]:
    """The names of all fields that stand in a line of a function's log."""
    found: set[str] = set()
    for tree in _trees():
        for node in ast.walk(tree):
            if isinstance(node, ast.Call) and _called(node.func) in _NOTES:
                found |= {keyword.arg for keyword in node.keywords if keyword.arg}
    return sorted(found)


def cookies() -> list[str]:
    """The names of all cookies."""
    return sorted({name for path in _files() for name in _COOKIE.findall(path.read_text("utf-8"))})


def secrets() -> tuple[str, ...]:
    """What our secret keys are for, and the secrets that others gave: the identity provider, the authority of
    time stamps."""
    return (*PURPOSES, CLIENT_SECRET, TIME_STAMP_LOGIN)


def _files() -> Iterator[Path]:
    return (path for folder in CODE for path in sorted(folder.rglob("*.py")))


def _trees() -> Iterator[ast.Module]:
    return (ast.parse(path.read_text("utf-8")) for path in _files())


def _called(function: ast.expr) -> tuple[str, str] | None:
    """Of what a method is called, by its last name (`visit.request` as `request`), and the method."""
    match function:
        case ast.Attribute(value=ast.Name(id=of) | ast.Attribute(attr=of), attr=method):
            return of, method
    return None
