"""Forks local runs from itself, each for a line of its standard input; see `forked_runs`."""

import gc
import json
import os
import pkgutil
import runpy
import signal
import sys
from functools import cache
from importlib import import_module
from pathlib import Path
from shutil import rmtree
from tempfile import mkdtemp
from threading import get_ident

from botocore import session as sessions
from botocore.loaders import create_loader
from jinja2.bccache import Bucket
from pynamodb.connection import base

import complaints
import functions
from complaints.adapters.container import Container
from complaints.adapters.i18n import templates as compiling
from complaints.adapters.i18n.catalogues import Catalogues
from complaints.adapters.i18n.templates import Templates
from complaints.delivery.email_address import mail_address
from functions.use_cases.submission import proof_of_work
from infrastructure.local import composition as composition
from infrastructure.local import run
from infrastructure.statics.write import TEMPLATES
from tests.running import cheaper_processes, engine_calls, plain_calls, plain_http
from tests.running.forked_runs import ROOT, Wish

COMPILED_FOR = "en"
"""The language of most pages that tests look at."""

EASY = 1_000
"""From how many numbers a proof of work is chosen: 50 times fewer than everywhere else.

The tests prove some thousand times that they worked, which took each time longer than to take the complaint.
"""

INJECTOR = ROOT / "tests/faults"
"""A run that has this folder on its path loads the `sitecustomize` in it, which hears of botocore's calls."""


class CompiledByRuns(compiling._Compiled):
    """Templates that a run has compiled, for those that are forked later: there are six languages."""

    folder: Path

    def __init__(self, folder: Path) -> None:
        super().__init__(self.folder / folder.name)

    def get_cache_key(self, name: str, filename: str | None = None) -> str:
        """A name without folders."""
        return name.replace("/", ":")

    def dump_bytecode(self, bucket: Bucket) -> None:
        """Keeps what was compiled, in whole files: another run may do so at the same time."""
        self._folder.mkdir(exist_ok=True)
        file = self._folder / bucket.key
        part = file.with_suffix(f".{os.getpid()}.{get_ident()}")
        part.write_bytes(bucket.bytecode_to_string())
        part.replace(file)


def main() -> None:
    """Answers each line, a `Wish`, with the processes of a run and of its keeper, until there is none."""
    folder = mkdtemp(prefix="compiled-")
    CompiledByRuns.folder = Path(folder)
    preload()
    signal.signal(signal.SIGCHLD, signal.SIG_IGN)
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    for line in sys.stdin:
        wish = Wish(*json.loads(line))
        reading, writing = os.pipe()
        keeper = os.fork()
        if not keeper:
            keep(wish, writing)
            break
        os.close(writing)
        with open(reading) as found:
            print(json.dumps([int(found.read()), keeper]), flush=True)
    else:
        rmtree(folder, ignore_errors=True)


def keep(wish: Wish, told: int) -> None:
    """Forks a run, which goes on here; in the process that is its parent waits for its end."""
    signal.signal(signal.SIGCHLD, signal.SIG_DFL)
    if pid := os.fork():
        # Who waits for an answer of the server must learn of its end: its pipes are not held open here.
        os.close(0)
        os.close(1)
        os.write(told, str(pid).encode())
        os.close(told)
        _, status = os.waitpid(pid, 0)
        Path(wish.status).write_text(str(status))
        os._exit(0)
    os.close(told)
    become(wish)


def become(wish: Wish) -> None:
    """Makes this process a run that was started with what is wished for.

    Its proofs of work are `EASY`, unless `HARD_PROOF` stands in its environment.
    """
    signal.signal(signal.SIGINT, signal.default_int_handler)
    os.environ.clear()
    os.environ.update(wish.environment)
    log = os.open(wish.log, os.O_WRONLY | os.O_APPEND)
    nothing = os.open(os.devnull, os.O_RDONLY)
    for here, there in ((nothing, 0), (log, 1), (log, 2)):
        os.dup2(here, there)
    os.closerange(3, max(nothing, log) + 1)
    if "HARD_PROOF" not in os.environ:
        proof_of_work.MOST_NUMBER = EASY
    if str(INJECTOR) in os.environ["PYTHONPATH"].split(os.pathsep):
        runpy.run_path(str(INJECTOR / "sitecustomize.py"))
    else:
        plain_calls.install()
    run.main()


def preload() -> None:
    """Imports all that a run may come to import, compiles the templates, and reads the models of AWS."""
    for package in (functions, complaints):
        for found in pkgutil.walk_packages(package.__path__, f"{package.__name__}."):
            import_module(found.name)
    mail_address("ada@example.org")
    compiling._Compiled = CompiledByRuns  # type: ignore[misc]  # in place of a package's
    catalogues = Catalogues(TEMPLATES / "locale")
    templates = Templates(TEMPLATES, catalogues)
    sheets = templates._in(COMPILED_FOR)
    for name in sheets.list_templates(extensions=("html", "txt")):
        sheets.get_template(name)
    for name, part in (("catalogues", catalogues), ("templates", templates)):
        setattr(Container, name, part)
    sessions.create_loader = cache(create_loader)
    base.get_session = cheaper_processes.session  # type: ignore[attr-defined,assignment]
    cheaper_processes.session()
    for service in ("dynamodb", "dynamodbstreams"):
        sessions.get_session().create_client(service, "us-east-1")
    engine_calls.install()
    plain_http.install()
    gc.freeze()


if __name__ == "__main__":
    main()
