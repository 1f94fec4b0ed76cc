"""The real stores are held to their contract as they call AWS: by botocore, the whole way."""

from collections.abc import Iterator

import pytest

from tests.running.plain_calls import the_whole_way


@pytest.fixture(scope="module", autouse=True)
def _by_botocore() -> Iterator[None]:
    with the_whole_way():
        yield
