"""Errors of AWS, as the rules know them."""

from collections.abc import Iterator
from contextlib import contextmanager

from botocore.exceptions import BotoCoreError, ClientError

from complaints.values.errors import Unavailable


@contextmanager
def answering() -> Iterator[None]:
    """Turns errors of AWS into `Unavailable`, with the cause chained."""
    try:
        yield
    except (ClientError, BotoCoreError) as error:
        raise Unavailable from error
