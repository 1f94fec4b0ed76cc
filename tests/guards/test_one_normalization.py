"""Unicode is normalized in one place, where its cost is bounded."""

from pathlib import Path

ROOT = Path(__file__).parents[2]
PLACE = ROOT / "layers/core/python/complaints/values/text/normalization.py"


def test_nothing_but_the_one_module_normalizes() -> None:
    code = [*(ROOT / "functions").rglob("*.py"), *(ROOT / "layers/core/python").rglob("*.py")]
    assert PLACE in code
    assert [path for path in code if "unicodedata.normalize" in path.read_text() and path != PLACE] == []
