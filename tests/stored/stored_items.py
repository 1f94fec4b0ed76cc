"""Looks into the table of a run from outside, for what no address shows or changes."""

from collections.abc import Iterator
from contextlib import contextmanager

import pytest

from complaints.adapters.dynamodb import table


@contextmanager
def looking_into(endpoint: str, name: str) -> Iterator[None]:
    """Inside the block this process reads and writes the table `name` of the engine at `endpoint`."""
    with pytest.MonkeyPatch.context() as environment:
        environment.setenv("AWS_ENDPOINT_URL_DYNAMODB", endpoint)
        table.bind(name)
        yield
