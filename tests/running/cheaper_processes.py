"""What a process of the tests does once: looking for garbage among tests, and reading the models of AWS."""

import gc
from collections.abc import Iterator
from functools import cache
from threading import local

import pytest
from botocore import session as sessions
from botocore.loaders import create_loader
from botocore.session import Session, get_session
from pynamodb.connection import base

_kept = local()


def pytest_sessionstart() -> None:
    """Nothing that is collected becomes garbage: looking for it took a third of the collection."""
    gc.disable()


def pytest_collection_finish() -> None:
    """From here on garbage is looked for among what the tests make, not among the tests."""
    gc.freeze()
    gc.enable()


@pytest.fixture(scope="session", autouse=True)
def _models_are_read_once() -> Iterator[None]:
    """All tables that tests make are reached by the session of their thread, and all sessions share a loader.

    A session for SES and S3 reads the endpoints of all services: a fifth of the tests of faults.
    """
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(base, "get_session", session)
        patch.setattr(sessions, "create_loader", cache(create_loader))
        yield


def session() -> Session:
    """The session of botocore of this thread, which makes each table a client of its own.

    Every session reads half a megabyte of models, and keeps them for all its clients.
    """
    if not hasattr(_kept, "session"):
        _kept.session = get_session()
    found: Session = _kept.session
    return found
