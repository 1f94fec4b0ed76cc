"""Imports of handlers that happen at the first call.

A function starts for one request, which needs one handler: importing them all would cost each cold start the
desk, the pages and the mail (gate "cold start" of benchmarks/RESULTS.md).
"""

import builtins
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from importlib import import_module
from types import SimpleNamespace
from typing import Any


class LazyModule:
    """A module whose functions import it when they are first called.

    >>> LazyModule("functions.desk.case.cases").show_case.__qualname__
    'functions.desk.case.cases.show_case'
    """

    def __init__(self, name: str) -> None:
        self._name = name

    def __getattr__(self, function: str) -> Callable[..., Any]:
        def call(*args: Any, **named: Any) -> Any:
            return getattr(import_module(self._name), function)(*args, **named)

        call.__name__ = function
        call.__qualname__ = f"{self._name}.{function}"
        return call


@contextmanager
def lazy_imports() -> Iterator[None]:
    """Within it, `from package import module` gives a `LazyModule`.

    The statement stays what editors and type checkers read: they find each handler from where it is named.
    """
    usual = builtins.__import__

    def lazy(
        name: str,
        globals: Mapping[str, object] | None = None,
        locals: Mapping[str, object] | None = None,
        fromlist: Sequence[str] | None = (),
        level: int = 0,
    ) -> Any:
        return SimpleNamespace(**{module: LazyModule(f"{name}.{module}") for module in fromlist or ()})

    builtins.__import__ = lazy
    try:
        yield
    finally:
        builtins.__import__ = usual
