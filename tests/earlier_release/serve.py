"""One release over HTTP: `python -P serve.py <data folder> <engine> <port>`, with its code on the path.

Both releases are served by this program, on one table, with the files and the keys of one data folder. Each
says that it is at `PORT`, as all versions of a function are behind one address. It stands on names that both
have: before one of them is changed, the earlier release is exchanged for a later one (`keep.py`).
"""

import os
import sys
from pathlib import Path

from infrastructure.local import composition, options
from infrastructure.local.data_folder import DataFolder
from infrastructure.local.router import Router
from infrastructure.local.server import listen


def main(data: str, engine: str, port: str) -> None:
    """Serves at the port until the process is ended. Follows the stream when it is asked to settle."""
    for what_a_package_has in ("make_statics", "write_handbook"):
        setattr(composition, what_a_package_has, _nothing)
    made = composition.assemble_in(DataFolder(Path(data)), engine, options.read(os.environ))
    front = Router(made.gateway, made.dev_api, made.edge, written=_nothing)
    front.ready.set()
    listen(front.answer, int(port)).run()


def _nothing() -> None:
    """What is left out here."""


if __name__ == "__main__":
    main(*sys.argv[1:])
