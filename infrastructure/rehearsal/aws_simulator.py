"""The simulator of AWS: one process of its own virtual environment, ended in every case."""

import os
import socket
import subprocess
import time
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path

import urllib3

from infrastructure.local.engine.process import end_with_parent
from infrastructure.rehearsal.environment import CREDENTIALS, LOOPBACK, REGION

PROGRAM = Path(__file__).with_name("simulator.py")

PATIENCE = 60
"""Seconds that it may take to start, on a busy machine."""


class NotSimulated(Exception):
    """The simulator did not start; the text says where its log is."""


@contextmanager
def simulated(
    python: Path, folder: Path, functions: str, names: Iterable[str], certificate: Path, key: Path
) -> Iterator[str]:
    """The address of a simulator that forwards events of the functions `names` to the address `functions`.

    It speaks TLS, as the bucket of files refuses all else, with this `certificate` and its `key`. `python` is
    the interpreter of the virtual environment that it is installed in. What it writes stands below `folder`,
    its log in `folder`/simulator.log. Raises `NotSimulated`.
    """
    port = free_port()
    (folder / "tmp").mkdir(parents=True)
    with (folder / "simulator.log").open("wb") as log:
        process = subprocess.Popen(
            [python, PROGRAM],
            env=_environment(port, folder, certificate, key)
            | {f"MINISTACK_LAMBDA_PROXY_{name}": functions for name in names},
            cwd=folder,
            stdin=subprocess.DEVNULL,
            stdout=log,
            stderr=log,
            preexec_fn=end_with_parent,
        )
        try:
            endpoint = f"https://{LOOPBACK}:{port}"
            _await(process, f"{endpoint}/_ministack/health", certificate, folder)
            yield endpoint
        finally:
            _end(process)


def free_port() -> int:
    """A free port of the loopback address."""
    with socket.socket() as listening:
        listening.bind((LOOPBACK, 0))
        return int(listening.getsockname()[1])


def _environment(port: int, folder: Path, certificate: Path, key: Path) -> dict[str, str]:
    """Nothing of this process's own. `AUTH`: it enforces the policies of roles and buckets."""
    return {
        "PATH": os.defpath,
        "HOME": str(folder / "tmp"),
        "TMPDIR": str(folder / "tmp"),
        "BIND_HOST": LOOPBACK,
        "GATEWAY_PORT": str(port),
        "AUTH": "true",
        "MINISTACK_REGION": REGION,
        "USE_SSL": "1",
        "MINISTACK_SSL_CERT": str(certificate),
        "MINISTACK_SSL_KEY": str(key),
        **CREDENTIALS,
    }


def _await(process: "subprocess.Popen[bytes]", address: str, certificate: Path, folder: Path) -> None:
    http = urllib3.PoolManager(retries=False, timeout=1, ca_certs=str(certificate))
    until = time.monotonic() + PATIENCE
    while process.poll() is None and time.monotonic() < until:
        try:
            if http.request("GET", address).status == 200:
                return
        except urllib3.exceptions.HTTPError:
            time.sleep(0.1)
    raise NotSimulated(f"The simulator does not answer: {folder / 'simulator.log'} says why.")


def _end(process: "subprocess.Popen[bytes]") -> None:
    """It holds nothing that outlives a rehearsal, and would wait for its clients to hang up."""
    process.kill()
    process.wait()
