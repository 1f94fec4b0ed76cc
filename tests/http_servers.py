"""Servers of tests: each answers on this machine, in a thread of its own, as long as it is needed."""

from collections.abc import Iterator
from contextlib import contextmanager
from http.server import ThreadingHTTPServer
from threading import Thread

LOOK = 0.01
"""How often, in seconds, a server looks whether it is to end."""


@contextmanager
def serving(server: ThreadingHTTPServer) -> Iterator[None]:
    """Lets a server answer, which listens already."""
    thread = Thread(target=server.serve_forever, args=(LOOK,), daemon=True)
    thread.start()
    try:
        yield
    finally:
        server.shutdown()
        server.server_close()
        thread.join()
