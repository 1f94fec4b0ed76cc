"""What is logged: one line a request or a run, never a name, a text, a token or a query string."""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from aws_lambda_powertools.logging import Logger

NAMESPACE = "Answerable"

NOT_WORKED = "CasesNotWorked"
"""The metric of cases that could not be worked, by whichever part of the schedule."""

_logger = Logger(service="answerable")

_CORRELATION = "correlation_id"


def correlate(id: str) -> None:
    """Lets every further line of this thread say an id, that of the request or of the run which it is about;
    nothing changes where there is none.

    Whatever is stored meanwhile says it too, so that what follows from it is found by the same id. It is
    random: the gateway or Lambda made it.
    """
    if id:
        _logger.thread_safe_append_keys(**{_CORRELATION: id})


def correlation() -> str:
    """The id that every line says now, or nothing."""
    return str(_logger.thread_safe_get_current_keys().get(_CORRELATION, ""))


@contextmanager
def correlated(id: str) -> Iterator[None]:
    """Lets the lines of the block say an id, where there is one, and those after it what they said before."""
    before = correlation()
    correlate(id)
    try:
        yield
    finally:
        _logger.thread_safe_remove_keys([_CORRELATION])
        correlate(before)


def note(message: str, **fields: Any) -> None:
    """One structured line. Fields are codes, numbers and references."""
    _logger.info(message, extra=fields)


def failure(message: str, error: BaseException, **fields: Any) -> None:
    """An unexpected error: its type and where it arose, never its text."""
    _logger.error(message, extra=fields | {"error": type(error).__name__, "where": _where(error)})


def count(metric: str, more: float = 1, *, unit: str = "Count", **dimensions: str) -> None:
    """So many more of a metric of this function, which CloudWatch reads out of the log (embedded format).

    It is logged at once, in a line of its own: none waits in memory for the end of a function that may fail.
    Further `dimensions` are codes of short lists: each combination is paid for as a metric of its own.
    """
    # Imported lazily: most runs count nothing (gate "cold start" of benchmarks/RESULTS.md).
    from aws_lambda_powertools.metrics import single_metric

    name = os.environ.get("AWS_LAMBDA_FUNCTION_NAME", "local")
    # The type names an enumeration whose values are these words (CloudWatch's StandardUnit).
    with single_metric(metric, unit, more, namespace=NAMESPACE) as counted:  # type: ignore[arg-type]
        counted.add_dimension("FunctionName", name)
        for dimension, value in dimensions.items():
            counted.add_dimension(dimension, value)
        if id := correlation():
            counted.add_metadata(_CORRELATION, id)


def _where(error: BaseException) -> list[str]:
    """The places of the traceback, file and line, without the values that stood there."""
    places = []
    trace = error.__traceback__
    while trace:
        code = trace.tb_frame.f_code
        places.append(f"{code.co_filename.rpartition('/')[2]}:{trace.tb_lineno} {code.co_name}")
        trace = trace.tb_next
    return places[-8:]
