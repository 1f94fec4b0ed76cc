"""What a run did not test is said in its last lines, and how to get it."""

import os
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parents[3]
HOW = "apt-get install chromium-headless-shell"


def test_a_run_without_a_browser_says_so_first_and_last(tmp_path: Path) -> None:
    """The plugin alone, on a machine where no browser is found."""
    (tmp_path / "test_pages.py").write_text(
        "import pytest\n\n@pytest.mark.parametrize('page', 'ab')\ndef test_page(page):\n"
        f"    pytest.skip('no browser here: {HOW}')\n"
    )
    nothing = "import infrastructure.screenshots.browser as it; it.BROUGHT = it.HOME / 'nothing'; "
    command = (
        f"{nothing}import pytest; pytest.main(['-qq', '-p', 'tests.running.skipped_tests', '{tmp_path}'])"
    )
    bare = os.environ | {"PATH": "", "CHROMIUM": "", "PYTHONPATH": f"{ROOT}:{ROOT / 'layers/core/python'}"}
    done = subprocess.run(
        [sys.executable, "-c", command], cwd=tmp_path, env=bare, capture_output=True, text=True, check=True
    )
    first, *_, last = done.stdout.strip().splitlines()
    assert first.startswith("Nothing is tested in a browser: ")
    assert HOW in first
    assert last == f"2 not tested: no browser here: {HOW}"
