"""A cold start: what a fresh process spends until its first answer, and what it imports."""

import json
import subprocess
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path

from benchmarks.product.gateway_requests import Event

PROGRAM = Path(__file__).with_name("first_answer.py")


@dataclass(frozen=True)
class Stack:
    """Something that can be started: `app` of `module`, or what it names after a colon, in `paths`."""

    python: Path
    module: str
    paths: tuple[Path, ...]
    environment: Mapping[str, str]


@dataclass(frozen=True)
class Start:
    """Processor time to the first answer in milliseconds, and the modules that were imported; of one that is
    watched, whose time is of no use, also the templates that were compiled."""

    milliseconds: float
    modules: frozenset[str]
    compiled: tuple[str, ...] = ()

    def packages(self, names: Iterable[str]) -> frozenset[str]:
        """Those of the wanted packages that were imported, whole or in part."""
        return frozenset(names) & {name.partition(".")[0] for name in self.modules}


def start(stack: Stack, event: Event, expected: Mapping[str, object], *, is_watched: bool = False) -> Start:
    """Runs one; raises RuntimeError when the answer has not what is `expected` of it."""
    watched = {"WATCHED": "1"} if is_watched else {}
    command = [str(stack.python), "-I", "-S", str(PROGRAM), stack.module, *map(str, stack.paths)]
    result = subprocess.run(
        command,
        env={**stack.environment, **watched},
        check=True,
        input=json.dumps(event),
        text=True,
        stdout=subprocess.PIPE,
    ).stdout
    found = json.loads(result.splitlines()[-1])
    if any(found["answer"].get(name) != value for name, value in expected.items()):
        raise RuntimeError(f"{stack.module} answered {found['answer']}, not {expected}.")
    return Start(found["milliseconds"], frozenset(found["modules"]), tuple(found["compiled"]))
