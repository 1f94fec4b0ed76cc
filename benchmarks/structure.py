"""Size and spread of the product: lines, modules, imports, and private helpers with one caller.

`python -m benchmarks.structure` prints a table; `tests/guards/test_structure.py` holds the ceilings.
"""

import ast
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

ROOT = Path(__file__).parents[1]
PRODUCT = ("app.py", "functions", "layers", "infrastructure")


class Structure(NamedTuple):
    """What was measured; `imports` in thousandths of all lines that are neither blank nor comments."""

    lines: int
    modules: int
    imports: int
    helpers_used_once: int


def sources() -> Iterator[Path]:
    """The modules of the product."""
    for name in PRODUCT:
        path = ROOT / name
        yield from [path] if path.is_file() else sorted(path.rglob("*.py"))


def measure() -> Structure:
    """Reads each module once."""
    lines = modules = written = imported = once = 0
    for path in sources():
        text = path.read_text()
        tree = ast.parse(text)
        modules += 1
        lines += text.count("\n")
        written += sum(
            not line.isspace() and not line.lstrip().startswith("#") for line in text.splitlines(True)
        )
        imports = [node for node in ast.walk(tree) if isinstance(node, ast.Import | ast.ImportFrom)]
        imported += sum((node.end_lineno or node.lineno) - node.lineno + 1 for node in imports)
        once += _helpers_used_once(tree)
    return Structure(lines, modules, round(1000 * imported / written), once)


def _helpers_used_once(tree: ast.Module) -> int:
    """Private functions of a module that it names once beside their definition."""
    named = Counter(node.id for node in ast.walk(tree) if isinstance(node, ast.Name))
    private = [
        node.name for node in tree.body if isinstance(node, ast.FunctionDef) and node.name.startswith("_")
    ]
    return sum(named[name] == 1 for name in private)


if __name__ == "__main__":
    for name, found in measure()._asdict().items():
        print(f"{name:20}{found:>8}")
