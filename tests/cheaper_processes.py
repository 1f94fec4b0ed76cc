"""A process of the tests looks for garbage among what tests make, and not among the tests."""

import gc


def pytest_sessionstart() -> None:
    """Nothing that is collected becomes garbage: looking for it took a third of the collection."""
    gc.disable()


def pytest_collection_finish() -> None:
    """From here on garbage is looked for among what the tests make, not among the tests."""
    gc.freeze()
    gc.enable()
