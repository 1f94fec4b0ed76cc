"""Ports for servers that start in a moment."""

import socket
from types import TracebackType
from typing import Self


class HeldPort:
    """A port of the loopback address that no other program gets until this is closed or forgotten.

    A port that is only looked up may belong to another program when its server starts, or starts again. This
    one is bound and not listened on: the kernel gives it to no program that asks for any port, and a server
    that may use an address again (`SO_REUSEADDR`, as servers do) listens on it all the same.
    """

    def __init__(self) -> None:
        self._socket = socket.socket()
        self._socket.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        self._socket.bind(("127.0.0.1", 0))
        self.number = int(self._socket.getsockname()[1])

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._socket.close()
