"""Work that is done over and over in a thread of its own."""

import logging
import threading
from collections.abc import Callable
from typing import Self

log = logging.getLogger(__name__)


class Worker:
    """Does `work` at once, then every `seconds`, and whenever it is woken.

    Work that fails is logged and tried again at the next beat, as the platform does.
    """

    def __init__(self, name: str, seconds: float, work: Callable[[], object]) -> None:
        self._seconds = seconds
        self._work = work
        self._woken = threading.Event()
        self._ends = False
        self._thread = threading.Thread(target=self._run, name=name)

    def __enter__(self) -> Self:
        self._thread.start()
        return self

    def __exit__(self, *error: object) -> None:
        self._ends = True
        self._woken.set()
        self._thread.join()

    def wake(self) -> None:
        """Asks for the work to be done now."""
        self._woken.set()

    def _run(self) -> None:
        while not self._ends:
            self._woken.clear()
            try:
                self._work()
            except Exception:
                log.exception("%s failed; it is tried again.", self._thread.name)
            self._woken.wait(self._seconds)
