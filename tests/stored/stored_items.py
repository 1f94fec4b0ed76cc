"""Calls engines by the product's own stores, and looks into the table of a run from outside, for what no
address shows or changes."""

from collections.abc import Iterator
from contextlib import contextmanager

import pytest

from complaints.adapters.dynamodb import models, table
from infrastructure.local import engine


@contextmanager
def calling(endpoint: str) -> Iterator[None]:
    """Inside the block DynamoDB clients find the engine at `endpoint` by themselves, and the stores wait for
    it as a local run does: what is asked again when nobody knows whether it was done fails by chance."""
    with pytest.MonkeyPatch.context() as environment:
        environment.setenv("AWS_ENDPOINT_URL_DYNAMODB", endpoint)
        environment.setattr(models.Item.Meta, "read_timeout_seconds", engine.ANSWER_SECONDS)
        yield


@contextmanager
def looking_into(endpoint: str, name: str) -> Iterator[None]:
    """Inside the block this process reads and writes the table `name` of the engine at `endpoint`."""
    with calling(endpoint):
        table.bind(name)
        yield
