"""The earlier release and the present one on the same data, as while traffic shifts from one to the other.

Each reads what the other stored, works on it, and gives it back: nothing that the other wrote is lost, and
the record verifies for both. No release was published yet: the earlier one is a commit of some hours before.
"""

import json
import os
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest

from infrastructure.package.build import ROOT
from tests.earlier_release.keep import unpack

Release = Callable[..., Any]
PROGRAM = Path(__file__).with_name("process.py")
ENTRIES = "tests/complaints/events/entries"
PRESENT, EARLIER = "the present release", "the earlier release"


class Releases:
    """Both, by their names, and where the code of each stands."""

    def __init__(self, folders: dict[str, Path], ask: dict[str, Release]) -> None:
        self.folders, self.ask = folders, ask

    def other(self, name: str) -> Release:
        """The other one."""
        return self.ask[EARLIER if name == PRESENT else PRESENT]


@contextmanager
def running(folder: Path) -> Iterator[Release]:
    """A release, asked by name."""
    code = {"PYTHONPATH": f"{folder}{os.pathsep}{folder / 'layers/core/python'}"}
    with subprocess.Popen(
        [sys.executable, "-P", PROGRAM],
        env=os.environ | code,
        cwd=folder,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    ) as asked:
        assert asked.stdin
        assert asked.stdout
        requests, answers = asked.stdin, asked.stdout

        def ask(*request: object) -> Any:
            print(json.dumps(request), file=requests, flush=True)
            return json.loads(answers.readline())

        yield ask
        requests.close()


@pytest.fixture(scope="module")
def releases(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Releases]:
    earlier = tmp_path_factory.mktemp("earlier")
    unpack(earlier)
    folders = {PRESENT: ROOT, EARLIER: earlier}
    with running(ROOT) as present, running(earlier) as before:
        yield Releases(folders, {PRESENT: present, EARLIER: before})


@pytest.mark.parametrize("writer", [PRESENT, EARLIER])
def test_each_reads_and_works_every_case_that_the_other_wrote(releases: Releases, writer: str) -> None:
    """Where a case can stand is told by the stories of the writer."""
    own, other = releases.ask[writer], releases.other(writer)
    stories = own("tell")
    assert len(stories) > 30
    noted = {name for name, stored in stories.items() if is_worked(stored, own, other)}
    assert stories.keys() - noted == {"merged"}, "a part of another case takes no note, all others do"


def is_worked(stored: Any, own: Release, other: Release) -> bool:
    """Whether the other release took a command on the case, which it must read as its writer does.

    What the earlier one does not know of a state, it takes off what it writes (`docs/deploy.md`): the chain
    keeps it, and a rebuild brings it back.
    """
    before = own("look", stored)
    assert before["flaws"] == []
    seen = other("look", stored)
    assert (seen["flaws"], seen["words"], seen["items"]) == ([], before["words"], before["items"])
    worked = other("work", stored)
    after = own("look", worked["stored"])
    taken_off = before["state"].keys() & UNKNOWN_BEFORE
    assert after["flaws"] == ["state-changed"] * bool(taken_off - after["state"].keys())
    for part in ("entries", "words"):
        assert {number: after[part].get(number) for number in before[part]} == before[part]
    said_before = {
        name: value for name, value in before["state"].items() if name not in MOVES_ON | UNKNOWN_BEFORE
    }
    assert {name: after["state"].get(name) for name in said_before} == said_before
    return not worked["refused"]


MOVES_ON = {"number", "version", "seal"}
"""What each entry changes of a case."""
UNKNOWN_BEFORE = {"keeps_redress"}
"""What stands in a state of the stories, and the earlier release does not know."""


def test_the_present_release_reads_each_kind_of_fact_that_the_earlier_one_wrote(releases: Releases) -> None:
    written = releases.ask[EARLIER]("read", entries_of(releases, EARLIER))
    assert releases.ask[PRESENT]("read", entries_of(releases, EARLIER)) == written


def test_the_earlier_release_leaves_out_only_facts_of_kinds_that_it_does_not_know(releases: Releases) -> None:
    known = kinds(releases.ask[EARLIER]("read", entries_of(releases, EARLIER)))
    written = releases.ask[PRESENT]("read", entries_of(releases, PRESENT))
    expected = {name: [fact for fact in facts if fact in known] for name, facts in written.items()}
    assert releases.ask[EARLIER]("read", entries_of(releases, PRESENT)) == expected
    assert known <= kinds(written), "no kind of fact is ever given up"


def entries_of(releases: Releases, name: str) -> str:
    """The folder of entries by which a release shows every kind of fact."""
    return str(releases.folders[name] / ENTRIES)


def kinds(read: dict[str, list[str]]) -> set[str]:
    return {fact for facts in read.values() for fact in facts}
