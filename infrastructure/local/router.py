"""Routes the requests of a local run: `/_local` to the developer API, static files, all else to the
product."""

import threading
from collections.abc import Callable

from functions.desk.session.guard import SIGN_IN
from infrastructure.local.dev_api.routes import DevApi, is_dev_api_path
from infrastructure.local.gateway.gateway import Gateway, without_stage
from infrastructure.local.gateway.http import Answer, Request
from infrastructure.local.options import Stream
from infrastructure.local.server import Front
from infrastructure.local.static_server import StaticServer, is_static

READS = ("GET", "HEAD", "OPTIONS")
DATED = (SIGN_IN, "/complain", "/v1/challenge")
"""What is read and sent back, and good for a while."""


class Router:
    """What the server calls; `written` is called after each request that may have changed something:
    what was refused has not.

    Until `ready` is set clients may read, but writing waits: demonstration data are made with the clock set
    back, and no other complaint may fall into that time. So does what is good for a while from now on, and
    would be over when the clock moves on: signing in, a form with its stamp, the challenge of the widget.
    """

    def __init__(
        self, gateway: Gateway, dev_api: DevApi, edge: StaticServer, written: Callable[[], None]
    ) -> None:
        self._gateway = gateway
        self._dev_api = dev_api
        self._edge = edge
        self._written = written
        self.ready = threading.Event()

    def __call__(self, request: Request) -> Answer:
        """The response to a request."""
        if request.method not in READS or without_stage(request.path) in DATED:
            self.ready.wait()
        return self.answer(request)

    def answer(self, request: Request) -> Answer:
        """The answer, without waiting."""
        path = without_stage(request.path)
        if is_dev_api_path(path):
            return self._dev_api.answer(request, path)
        if is_static(path):
            return self._edge.answer(request, path)
        got = self._gateway.answer(request, path)
        if request.method not in READS and not 400 <= got.status < 500:
            self._written()
        return got


def settled(front: Front, settle: Callable[[], object], stream: Stream) -> Front:
    """What the server calls where requests that write do what waits: each before it is answered, or before it
    begins."""

    def answer(request: Request) -> Answer:
        writes = request.method not in READS
        if writes and stream is Stream.BEFORE_THE_NEXT:
            settle()
        got = front(request)
        if writes and stream is Stream.BEFORE_THE_ANSWER:
            settle()
        return got

    return answer
