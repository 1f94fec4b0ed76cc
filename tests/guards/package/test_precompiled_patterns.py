"""Regular expressions of the package, compiled as it was built: the same as those compiled at a start."""

import marshal
from pathlib import Path

from complaints.precompiled_patterns import read
from tests.guards.package.built_package import Built

COMPARED = """
import re, re._compiler as compiler
anew = compiler.compile
from complaints.precompiled_patterns import TABLE, read
patterns = read(TABLE)
other = [key for key in patterns if compiler.compile(*key) != anew(*key)]
used = re.compile("[a-z]+[0-9]", re.I).match("ab1") is not None
print(json.dumps([len(patterns), other, used, compiler.compile is not anew]))
"""


def test_each_pattern_is_what_python_compiles(built: Built) -> None:
    number, other, used, is_installed = built.run(COMPARED)
    assert (other, used, is_installed) == ([], True, True)
    assert number > 100, "the table is of a start"


def test_without_a_table_of_this_python_each_is_compiled_as_usual(tmp_path: Path) -> None:
    assert read(str(tmp_path / "none.bin")) == {}
    other = tmp_path / "other.bin"
    other.write_bytes(marshal.dumps((0, {("a", 0): ()}), 2))
    assert read(str(other)) == {}
