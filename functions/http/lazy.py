"""Rooms that are opened when somebody comes in: a function starts for one visitor, who needs one of them.

Reading every entrance would cost each cold start the desk, the pages and the mail.
"""

from collections.abc import Callable
from importlib import import_module
from typing import Any


class Room:
    """A module below this folder; each of its entrances opens it when it is first used.

    >>> Room("desk").show_case.__qualname__
    'desk.show_case'
    """

    def __init__(self, name: str) -> None:
        self._name = name

    def __getattr__(self, entrance: str) -> Callable[..., Any]:
        def enter(*args: Any, **named: Any) -> Any:
            return getattr(import_module(f"functions.{self._name}"), entrance)(*args, **named)

        enter.__name__ = entrance
        enter.__qualname__ = f"{self._name}.{entrance}"
        return enter
