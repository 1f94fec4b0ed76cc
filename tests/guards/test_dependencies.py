"""Dependencies come in as arguments: the container and the request are asked for by handlers alone.

A handler is a function that `app.py` names, or a decorator around one. Whatever else needs a store, words,
the time or the request is handed it, so that its signature says what it depends on.
"""

import ast
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).parents[2]
GLOBALS = {"container", "current_request"}

MAY_ASK: set[str] = set()
"""Functions that ask all the same, as `module.function`: the list gets no longer."""


def modules() -> Iterator[tuple[str, ast.Module]]:
    for path in sorted((ROOT / "functions").rglob("*.py")):
        yield ".".join(path.relative_to(ROOT).with_suffix("").parts), ast.parse(path.read_text())


def named_in_app() -> set[str]:
    """What `app.py` names of the functions: `functions.api.public.intake.receive_complaint` and so on."""
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


def decorators(tree: ast.Module) -> set[str]:
    """What the functions of a module are decorated with, by name."""
    functions = [node for node in ast.walk(tree) if isinstance(node, ast.FunctionDef)]
    used = [each for node in functions for each in node.decorator_list]
    names = [each.func if isinstance(each, ast.Call) else each for each in used]
    return {name.id for name in names if isinstance(name, ast.Name)}


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


def test_handlers_alone_ask_for_the_container_and_the_request() -> None:
    known = list(modules())
    around = {name for _, tree in known for name in decorators(tree)}
    others = {name for name in askers() - named_in_app() if name.rpartition(".")[2] not in around}
    assert others == MAY_ASK


def test_app_names_handlers_that_ask() -> None:
    assert "functions.api.public.intake.receive_complaint" in askers() & named_in_app()
