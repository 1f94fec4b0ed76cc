"""What a process of the tests does once: looking for garbage among tests, and reading the models of AWS."""

import gc
from collections.abc import Iterator
from functools import cache
from typing import Any

import pytest
from botocore.loaders import JSONFileLoader, Loader

_load_file = JSONFileLoader.load_file


def pytest_sessionstart() -> None:
    """Nothing that is collected becomes garbage: looking for it took a third of the collection."""
    gc.disable()


def pytest_collection_finish() -> None:
    """From here on garbage is looked for among what the tests make, not among the tests."""
    gc.freeze()
    gc.enable()


@pytest.fixture(scope="session", autouse=True)
def _models_read_once() -> Iterator[None]:
    """All sessions of botocore share the models that lie in its package; each would parse them anew."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(JSONFileLoader, "load_file", _shared)
        yield


def _shared(loader: JSONFileLoader, path: str) -> Any:
    return _shipped(path) if path.startswith(Loader.BUILTIN_DATA_PATH) else _load_file(loader, path)


@cache
def _shipped(path: str) -> Any:
    return _load_file(JSONFileLoader(), path)
