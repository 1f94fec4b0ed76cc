"""Cuts botocore's description of a service down to the operations that are called, and what these name."""

from collections.abc import Iterable, Iterator
from typing import Any

Model = dict[str, Any]


def cut(model: Model, operations: Iterable[str]) -> Model:
    """The model with these operations alone. Raises `KeyError` for one that the service does not have."""
    kept = {name: model["operations"][name] for name in operations}
    return model | {"operations": kept, "shapes": _reached(kept, model["shapes"])}


def _reached(operations: Model, shapes: Model) -> Model:
    """The shapes that the operations name, and all that those name in turn."""
    reached: Model = {}
    waiting = list(_named(operations))
    while waiting:
        name = waiting.pop()
        if name not in reached:
            reached[name] = shapes[name]
            waiting.extend(_named(shapes[name]))
    return dict(sorted(reached.items()))


def _named(node: object) -> Iterator[str]:
    if isinstance(node, dict):
        for key, value in node.items():
            if key == "shape" and isinstance(value, str):
                yield value
            else:
                yield from _named(value)
    elif isinstance(node, list):
        for value in node:
            yield from _named(value)
