"""Dependencies come in as arguments: a handler of HTTP gets a `Visit`, workers alone ask for the container.

Whatever else needs a store, words, the time or the request is handed it, so that its signature says what it
depends on.
"""

import ast
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).parents[2]
GLOBALS = {"container", "current_request"}

MAY_ASK = {
    "functions.http.visit.entrance",
    "functions.http.responses.refusals_as_problems",
    "functions.http.responses.add_headers_and_log",
}
"""What stands around every answer, as `module.function`: the list gets no longer."""


def modules() -> Iterator[tuple[str, ast.Module]]:
    for path in sorted((ROOT / "functions").rglob("*.py")):
        yield ".".join(path.relative_to(ROOT).with_suffix("").parts), ast.parse(path.read_text())


def named_in_app() -> set[str]:
    """What `app.py` names of the functions: `functions.public.form.intake.receive_complaint` and so on."""
    tree = ast.parse((ROOT / "app.py").read_text())
    imports = [node for node in ast.walk(tree) if isinstance(node, ast.ImportFrom)]
    called = {
        each.asname or each.name: f"{node.module}.{each.name}" for node in imports for each in node.names
    }
    return {
        f"{called[node.value.id]}.{node.attr}"
        for node in ast.walk(tree)
        if isinstance(node, ast.Attribute) and isinstance(node.value, ast.Name) and node.value.id in called
    }


def asks(node: ast.AST) -> bool:
    return (
        isinstance(node, ast.Call)
        and GLOBALS.intersection(
            [node.func.id]
            if isinstance(node.func, ast.Name)
            else [node.func.attr]
            if isinstance(node.func, ast.Attribute)
            else []
        )
        != set()
    )


def askers() -> set[str]:
    """Every function and class that asks for the container or the request, and every module that does."""
    return {
        f"{module}.{getattr(statement, 'name', '')}"
        for module, tree in modules()
        for statement in tree.body
        if any(map(asks, ast.walk(statement)))
    }


def test_workers_and_entrances_alone_ask_for_container_and_request() -> None:
    workers = {name for name in named_in_app() if name.startswith("functions.workers.")}
    assert askers() - workers == MAY_ASK
    assert askers() & workers
