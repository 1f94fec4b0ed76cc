"""`docs/iso10002.md` says what the tests show, and nothing else."""

import ast
import re
from pathlib import Path

import pytest

from complaints.handling.staff_commands import STAFF_COMMANDS
from infrastructure.conformity.matrix import (
    PAGE,
    ROOT,
    Clause,
    MarkedTest,
    claims,
    clauses,
    marked_tests,
    page,
)

CLAUSES, SHOWN = clauses(), marked_tests()


def test_the_page_is_what_the_clauses_and_the_marks_say() -> None:
    assert PAGE.read_text("utf-8") == page(CLAUSES, SHOWN), "`make conformity` writes it anew"


def test_every_mark_names_a_claim() -> None:
    assert SHOWN.keys() - claims(CLAUSES).keys() == set()


@pytest.mark.parametrize("name", claims(CLAUSES))
def test_every_claim_is_shown_by_a_test(name: str) -> None:
    assert SHOWN.get(name), f"no test is marked with {name!r}"


@pytest.mark.parametrize("name", CLAUSES)
def test_every_command_that_is_named_exists(name: str) -> None:
    named = set(re.findall(r"`([a-z_]+)`", CLAUSES[name].where))
    assert named <= STAFF_COMMANDS.keys()


def test_a_test_is_found_by_each_claim_that_its_mark_names(tmp_path: Path) -> None:
    folder = tmp_path / "tests"
    folder.mkdir()
    (folder / "test_intake.py").write_text(
        '@pytest.mark.iso10002("7.2 receipt: told", "7.4 acknowledgement: letter")\n@other\n'
        "def test_it_is_taken() -> None: ...\ndef test_of_no_claim() -> None: ...\n"
    )
    found = marked_tests(folder)
    marked = [MarkedTest("tests/test_intake.py", "test_it_is_taken")]
    assert found == {"7.2 receipt: told": marked, "7.4 acknowledgement: letter": marked}
    clause = Clause("asked", {"told": "It is taken."}, "here", missing="a copy")
    result = page({"7.2 receipt": clause}, found)
    assert "1 clauses: 0 whole, 1 in part (7.2 receipt). 1 tests show 1 claims." in result
    assert "- **Not yet:** a copy" in result
    assert "- It is taken.\n  - it is taken (`tests/test_intake.py`)" in result


@pytest.mark.parametrize("test", sorted({test for tests in SHOWN.values() for test in tests}))
def test_no_marked_test_is_left_out_of_a_usual_run(test: MarkedTest) -> None:
    """A test that is skipped, or that only a soak runs, shows nothing."""
    tree = ast.parse((ROOT / test.file).read_text("utf-8"))
    functions = (node for node in ast.walk(tree) if isinstance(node, ast.FunctionDef))
    (found,) = (function for function in functions if function.name == test.name)
    decorators = (node for decorator in found.decorator_list for node in ast.walk(decorator))
    marks = {node.attr for node in decorators if isinstance(node, ast.Attribute)}
    assert not {"soak", "skip", "skipif", "xfail"} & marks
