"""Cuts botocore's descriptions of AWS down to the operations that are called, and what these name.

Nothing else is taken out of a model: botocore reads even what looks like words for people, such as the
`documentation` in `clientContextParams` of S3. Exists for the gate "cold start of a submission, of the
untreated stack's" (`benchmarks/RESULTS.md`).
"""

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
        for packed in sorted((data / service).rglob("*.json.gz")):
            model = json.loads(gzip.decompress(packed.read_bytes()))
            _write(
                packed.with_suffix(""),
                cut(model, operations) if packed.name == "service-2.json.gz" else model,
            )
            packed.unlink()
        for examples in (data / service).rglob("examples-1.json"):
            examples.unlink()
    _slim_endpoints(data)


def _slim_endpoints(data: Path) -> None:
    """Leave the endpoints of the services that are left, under the names that their models say."""
    models = (json.loads(path.read_text(encoding="utf-8")) for path in data.rglob("service-2.json"))
    left = {model["metadata"]["endpointPrefix"] for model in models}
    path = data / "endpoints.json"
    endpoints = json.loads(path.read_text(encoding="utf-8"))
    for partition in endpoints["partitions"]:
        known = partition["services"]
        partition["services"] = {name: known[name] for name in known if name in left}
    _write(path, endpoints)


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
