"""Cuts botocore's descriptions of AWS down to the operations that are called, and what these name.

Nothing else is taken out of a model: botocore reads even what looks like words for people, such as the
`documentation` in `clientContextParams` of S3. Exists for the gate "cold start of a submission, of the
untreated stack's" (`benchmarks/RESULTS.md`).
"""

import ast
import gzip
import json
import shutil
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

from infrastructure.package.aws_operations import Operations

Model = dict[str, Any]


def slim_models(data: Path, called: Operations) -> None:
    """Leave of botocore/data the services that are called, and of these the operations.

    The models are unpacked: they compress better inside the layer.
    """
    for folder in data.iterdir():
        if folder.is_dir() and folder.name not in called:
            shutil.rmtree(folder)
    for service, operations in called.items():
        for earlier in sorted(data.glob(f"{service}/[0-9]*"))[:-1]:
            # A client is made of the latest, unless another version is named.
            shutil.rmtree(earlier)
        for packed in sorted((data / service).rglob("*.json.gz")):
            model = json.loads(gzip.decompress(packed.read_bytes()))
            _write(
                packed.with_suffix(""),
                cut(model, operations) if packed.name == "service-2.json.gz" else model,
            )
            packed.unlink()
        for examples in (data / service).rglob("examples-1.json"):
            examples.unlink()
    models = [json.loads(path.read_text(encoding="utf-8")) for path in data.rglob("service-2.json")]
    _slim_endpoints(data, {model["metadata"]["endpointPrefix"] for model in models})
    ids = {model["metadata"]["serviceId"].lower().replace(" ", "-") for model in models}
    _slim_event_names(data.parent / "utils.py", ids)


def _slim_endpoints(data: Path, left: set[str]) -> None:
    """Leave the endpoints of the services that are left, under the names that their models say."""
    path = data / "endpoints.json"
    endpoints = json.loads(path.read_text(encoding="utf-8"))
    for partition in endpoints["partitions"]:
        known = partition["services"]
        partition["services"] = {name: known[name] for name in known if name in left}
    _write(path, endpoints)


def _slim_event_names(utils: Path, left: set[str]) -> None:
    """Leave the older names of events of the services that are left: each of the 130 handlers of a session is
    held against every name. Raises `StopIteration` where botocore keeps the table elsewhere."""
    lines = utils.read_text(encoding="utf-8").splitlines(keepends=True)
    table = next(
        each
        for each in ast.parse("".join(lines)).body
        if isinstance(each, ast.Assign) and ast.unparse(each.targets[0]) == "EVENT_ALIASES"
    )
    names = {old: new for old, new in ast.literal_eval(table.value).items() if new in left}
    lines[table.lineno - 1 : table.end_lineno] = [f"EVENT_ALIASES = {names!r}\n"]
    utils.write_text("".join(lines), encoding="utf-8")


def _write(path: Path, described: Model) -> None:
    path.write_text(json.dumps(described, separators=(",", ":")), encoding="utf-8")


def cut(model: Model, operations: Iterable[str]) -> Model:
    """The model with these operations alone. Raises `KeyError` for one that the service does not have."""
    remaining = {name: model["operations"][name] for name in operations}
    return model | {"operations": remaining, "shapes": _reached(remaining, model["shapes"])}


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
