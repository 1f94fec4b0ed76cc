"""`python -m infrastructure.local.run`: the whole product on this machine, until Ctrl-C."""

import logging
import os
import signal
import sys
import threading
from collections.abc import Callable
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

from infrastructure.errors import CommandError
from infrastructure.local import engine, options
from infrastructure.local.aws.scheduler import HOUR, MINUTE
from infrastructure.local.data_folder import DataFolder
from infrastructure.local.demonstration import EARLIEST, catch_up, play
from infrastructure.local.demonstration.client import Refused
from infrastructure.local.options import Options, Stream
from infrastructure.local.router import Router, settled
from infrastructure.local.server import listen
from infrastructure.local.shop.page import SHOP
from infrastructure.local.worker import Worker

if TYPE_CHECKING:
    from infrastructure.local.composition import Assembly

log = logging.getLogger(__name__)

# Letters are sent when something was written; this only catches changes without such a call.
IDLE_SECONDS = 2.0


def main() -> None:
    """Runs until it is asked to end; leaves nothing running."""
    signal.signal(signal.SIGTERM, lambda *_: sys.exit())
    try:
        serve(options.read(os.environ))
    except CommandError as trouble:
        sys.exit(str(trouble))
    except KeyboardInterrupt:
        pass


def serve(chosen: Options) -> None:
    """Serves the product as chosen. Raises `CommandError` where that is not possible."""
    folder = DataFolder(chosen.data)
    with folder.taken(), engine.running(folder.database) as endpoint:
        # Imported lazily: a busy folder or a missing engine is said before a second of imports.
        from infrastructure.local.composition import assemble_in

        made = assemble_in(folder, endpoint, chosen)
        follow = made.settle if chosen.stream is Stream.SOON else _nothing
        with Worker("The stream poller", IDLE_SECONDS, follow) as settling:
            front = Router(made.gateway, made.dev_api, made.edge, written=settling.wake)
            server = listen(settled(front, made.settle, chosen.stream), chosen.port)
            with (
                Worker("The schedule", MINUTE, made.ticker.tick),
                Worker("The checkpoints", HOUR, made.sealer.tick) as sealing,
                closing(made.stream_poller),
            ):
                _open(front, made, chosen, played=sealing.wake)
                print(_welcome(chosen), flush=True)
                server.run()


def _nothing() -> None:
    """What waits is done when a request asks for it."""


def _open(front: Router, made: "Assembly", chosen: Options, played: Callable[[], None]) -> None:
    """Opens the server; where there is a demonstration, clients may read while it runs. It is `played` then:
    the hours that it took by the clock of the run want a checkpoint."""

    def demonstrate() -> None:
        today = datetime.now(UTC)
        made.clock.move_to(today - EARLIEST)
        try:
            play(front.answer, today, made.time.reach)
        except Refused:
            log.exception("The demonstration complaints could not all be made.")
        finally:
            try:
                catch_up(made.clock, made.time)
            finally:
                # Whatever happened: forms and whoever signs in wait for it.
                front.ready.set()
                played()

    if chosen.demo and made.is_new:
        threading.Thread(target=demonstrate, name="The demonstration", daemon=True).start()
    else:
        if chosen.now is None:
            catch_up(made.clock, made.time)
        front.ready.set()


def _welcome(chosen: Options) -> str:
    folder = Path.cwd()
    data = chosen.data.relative_to(folder) if chosen.data.is_relative_to(folder) else chosen.data
    return (
        f"Answerable runs at {chosen.url}\n"
        f"  a shop with it {chosen.files_origin}{SHOP}\n"
        f"  the desk       {chosen.url}/desk\n"
        f"  the API        {chosen.url}/openapi.json\n"
        f"  mails it sent  {chosen.url}/_local/mail\n"
        f"  its data       {data}\n"
        "Ctrl-C ends it."
    )


if __name__ == "__main__":
    main()
