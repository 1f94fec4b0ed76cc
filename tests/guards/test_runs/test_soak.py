"""A soak draws new examples, and those of an earlier one again by its seed."""

import re
import subprocess
from pathlib import Path

ROOT = Path(__file__).parents[3]


def said(*arguments: str) -> str:
    """What `make soak` would do, in the words of the shell that does it."""
    command = ["make", "--dry-run", "--assume-old=setup", "soak", *arguments]
    return subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True).stdout


def test_a_soak_is_repeated_by_its_seed() -> None:
    assert "seed=4711; echo" in said("SEED=4711")
    assert "--hypothesis-seed=$seed" in said()


def test_a_soak_without_a_seed_draws_one_each_time() -> None:
    found = re.search(r"seed=(.*?); echo", said())
    assert found
    drawn = {subprocess.check_output(["sh", "-c", f"echo {found[1]}"], text=True) for _ in range(9)}
    assert len(drawn) > 1
    assert all(int(seed) < 2**32 for seed in drawn)
