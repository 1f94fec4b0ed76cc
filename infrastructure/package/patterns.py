"""Compiles the regular expressions that a start needs, for `complaints.precompiled_patterns`.

    python -P patterns.py FILE

imports what answers a submission, sends letters and follows the stream, and writes to the file how each
pattern was compiled that was met meanwhile. The file has the same bytes for the same code and Python.
"""

import marshal
import os
import subprocess
import sys
from importlib import import_module
from pathlib import Path
from typing import Any

_sre: Any = import_module("_sre")

STARTS = (
    "app",
    "functions.public.form.intake",
    "functions.public.form.submit",
    "functions.workers.case_stream",
    "functions.workers.letters.outbox",
    "functions.workers.schedule",
    "altcha.v2",
    "complaints.adapters.dynamodb.table",
    "complaints.adapters.dynamodb_container",
    "complaints.adapters.secrets",
    "complaints.adapters.stores.cases.case_store",
    "complaints.adapters.stores.settings.sites",
)
"""What a cold start imports before its first answer; any other module's patterns are compiled as usual."""


def compiled(modules: tuple[str, ...]) -> dict[tuple[str | bytes, int], tuple[Any, ...]]:
    """How each pattern is compiled that an import of these modules compiles: what `_sre.compile` takes beside
    the pattern, by pattern and flags."""
    found: dict[tuple[str | bytes, int], tuple[Any, ...]] = {}
    parser: Any = import_module("re._parser")
    compiler: Any = import_module("re._compiler")
    usual = compiler.compile

    def compile_pattern(pattern: str | bytes, flags: int = 0) -> Any:
        tree = parser.parse(pattern, flags)
        groups = tree.state.groupdict
        names: list[str | None] = [None] * tree.state.groups
        for name, place in groups.items():
            names[place] = name
        code = [int(each) for each in compiler._code(tree, flags)]
        made = (int(flags | tree.state.flags), code, tree.state.groups - 1, dict(groups), tuple(names))
        found[pattern, int(flags)] = made
        return _sre.compile(pattern, *made)

    compiler.compile = compile_pattern
    try:
        for module in modules:
            import_module(module)
    finally:
        compiler.compile = usual
    return found


def table(modules: tuple[str, ...]) -> bytes:
    """The table of these modules' patterns, with the version of what they were compiled to."""
    patterns = dict(sorted(compiled(modules).items(), key=repr))
    # Version 2 has no references, which depend on what else a process holds.
    return marshal.dumps((_sre.MAGIC, patterns), 2)


def precompile_patterns(function: Path, core: Path) -> None:
    """Writes the table into `core`, from the modules of the two folders and the libraries of this Python,
    which are those of the layer. In a process of its own: what is imported already compiles nothing.

    Raises subprocess.CalledProcessError for a module that cannot be imported.
    """
    # Without the folder of this file on the path (-P): it has a module `chalice` of its own.
    command = [sys.executable, "-P", __file__, str(core / "complaints/precompiled_patterns.bin")]
    path = os.pathsep.join((str(function), str(core)))
    subprocess.run(
        command, check=True, env={**os.environ, "PYTHONPATH": path, "PYTHONDONTWRITEBYTECODE": "1"}
    )


if __name__ == "__main__":
    Path(sys.argv[1]).write_bytes(table(STARTS))
