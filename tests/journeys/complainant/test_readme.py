"""The walk that the README offers: what it says is what one sees."""

import os
import re
import shutil
import subprocess
from pathlib import Path

import pytest

from tests.local_run import LocalRun

README = Path(__file__).resolve().parents[3] / "README.md"
SEEN = ["assessed", "investigating", "investigating", "investigating", '{"settled":true}', "closed", "True"]


def walk() -> str:
    """The commands of the README's one block for bash."""
    blocks = re.findall(r"^```bash\n(.*?)^```", README.read_text("utf-8"), re.DOTALL | re.MULTILINE)
    assert len(blocks) == 1
    return str(blocks[0])


def test_the_walk_carries_a_complaint_from_receipt_to_closing(local_run: LocalRun) -> None:
    if shutil.which("curl") is None:
        reason = "the walk of the README is made with curl, which is not installed here"
        if os.environ.get("CI"):
            pytest.fail(reason)
        pytest.skip(reason)
    commands = walk().replace("http://127.0.0.1:8000", local_run.url)
    walked = subprocess.run(["bash", "-eu"], input=commands, capture_output=True, text=True, check=False)
    assert walked.stderr == ""
    assigned, *seen = walked.stdout.splitlines()
    assert assigned in ("received", "acknowledged"), "it is acknowledged when the mail is out"
    assert seen == SEEN
