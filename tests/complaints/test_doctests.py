"""The examples in docstrings are true."""

import doctest
import importlib
import pkgutil
from types import ModuleType

import pytest

import complaints
from tests.complaints import permission_tables

NAMES = [found.name for found in pkgutil.walk_packages(complaints.__path__, "complaints.")]
FINDER = doctest.DocTestFinder(exclude_empty=True)


def examples(module: ModuleType) -> list[doctest.DocTest]:
    return [found for found in FINDER.find(module) if found.examples]


@pytest.mark.parametrize("name", NAMES)
def test_the_examples_of_a_module_are_true(name: str) -> None:
    assert doctest.testmod(importlib.import_module(name)).failed == 0


def test_there_are_examples_to_be_tried() -> None:
    assert sum(len(examples(importlib.import_module(name))) for name in NAMES) >= 5
    assert doctest.testmod(permission_tables) == (0, 1)
