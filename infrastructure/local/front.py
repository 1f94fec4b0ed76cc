"""Shares out the requests of a local run: `/_local` to the panel, everything else to the product."""

from collections.abc import Callable
from dataclasses import dataclass

from infrastructure.local.gateway.front import Gateway, without_stage
from infrastructure.local.gateway.wire import Answer, Request
from infrastructure.local.panel.routes import Panel, is_for_panel

READS = ("GET", "HEAD", "OPTIONS")


@dataclass(frozen=True)
class Front:
    """What the server calls; `written` is told after each request that may have changed something."""

    gateway: Gateway
    panel: Panel
    written: Callable[[], None]

    def __call__(self, request: Request) -> Answer:
        path = without_stage(request.path)
        if is_for_panel(path):
            return self.panel.answer(request, path)
        got = self.gateway.answer(request, path)
        if request.method not in READS:
            self.written()
        return got
