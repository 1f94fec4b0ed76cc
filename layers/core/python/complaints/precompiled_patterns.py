"""Regular expressions that were compiled when the package was built: those that a start needs.

Python keeps compiled modules, and compiles the 140 patterns in them anew in each process: a ninth of a cold
start (gate "cold start of a submission" of benchmarks/RESULTS.md). `infrastructure/package/patterns.py`
writes the table. Without one, or for a Python that compiles to something else, each is compiled as usual.
app.py imports this before anything that compiles a pattern.
"""

import marshal
import os
from collections.abc import Mapping
from importlib import import_module
from typing import Any

# By os, which every Python has imported: pathlib would be imported for this alone.
TABLE = os.path.join(os.path.dirname(__file__), "precompiled_patterns.bin")

Key = tuple[str | bytes, int]
"""A pattern as it was written, and its flags."""

_sre: Any = import_module("_sre")


def read(path: str) -> Mapping[Key, tuple[Any, ...]]:
    """What `_sre.compile` takes beside a pattern, by the pattern; nothing where there is no table for this
    Python."""
    try:
        with open(path, "rb") as file:
            version, patterns = marshal.loads(file.read())  # noqa: S302  # a part of the package
    except FileNotFoundError:
        return {}
    return patterns if version == _sre.MAGIC else {}


def install(patterns: Mapping[Key, tuple[Any, ...]]) -> None:
    """Has `re` take these patterns as they are, and compile all others as it does."""
    compiler: Any = import_module("re._compiler")
    compile_anew = compiler.compile

    def compile_pattern(pattern: str | bytes, flags: int = 0) -> Any:
        made = patterns.get((pattern, int(flags)))
        return _sre.compile(pattern, *made) if made else compile_anew(pattern, flags)

    compiler.compile = compile_pattern


if found := read(TABLE):
    install(found)
