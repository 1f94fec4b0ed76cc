"""One test that holds for thousands of cases: a test of pytest for each costs more than what it looks at."""

from collections.abc import Callable, Iterable
from functools import wraps
from inspect import signature
from typing import Any, TypeVar

Case = TypeVar("Case")


def each(
    parameter: str, cases: Iterable[Case], name: Callable[[Case], str]
) -> Callable[[Callable[..., None]], Callable[..., None]]:
    """A decorator: the test is called with each case as its `parameter`, and every case that fails is named.

    Its fixtures are made once for all of them. There must be a case.
    """
    listed = list(cases)

    def decorate(test: Callable[..., None]) -> Callable[..., None]:
        @wraps(test)
        def for_all(**fixtures: Any) -> None:
            assert listed
            failures: list[str] = []
            first: Exception | None = None
            for case in listed:
                try:
                    test(**fixtures, **{parameter: case})
                except Exception as error:  # every case that fails is named, whatever it fails by
                    first = first or error
                    failures.append(f"{name(case)}: {type(error).__name__} {error}")
            if first:
                raise AssertionError("\n".join(failures)) from first

        taken = signature(test)
        others = [each for each in taken.parameters.values() if each.name != parameter]
        for_all.__signature__ = taken.replace(parameters=others)  # type: ignore[attr-defined]
        return for_all

    return decorate
