"""Old code beside new data, and new code beside old: what a reader does not know is left out or refused."""

import json
from pathlib import Path

import pytest

from complaints.audit_trail import hash_chain
from complaints.values.errors import WrittenByNewerRelease

ENTRIES = sorted(Path(__file__).with_name("entries").glob("*.json"))
OLDER = sorted((Path(__file__).with_name("entries") / "older").glob("*.json"))


@pytest.mark.parametrize("path", [*ENTRIES, *OLDER], ids=lambda path: path.stem)
def test_an_entry_of_another_release_is_read_without_what_is_not_known(path: Path) -> None:
    """A later release may give each fact a field, and may write facts of another kind beside those."""
    data = path.read_bytes()
    known = hash_chain.known(data)
    later = json.loads(data)
    later["facts"] = [fact | {"of_a_later_release": {"x": [1]}} for fact in later["facts"]]
    later["facts"].append({"fact": "OfALaterRelease", "at": "2031-01-01T00:00:00Z"})
    assert hash_chain.known(json.dumps(later).encode()) == known


@pytest.mark.parametrize("path", ENTRIES, ids=lambda path: path.stem)
def test_a_known_fact_of_another_shape_is_refused_as_of_a_newer_release(path: Path) -> None:
    """Not guessed at: whoever asks gets a 503, and the entry stays as it is."""
    later = json.loads(path.read_bytes())
    later["facts"][0]["at"] = {"seconds": 1}
    with pytest.raises(WrittenByNewerRelease):
        hash_chain.known(json.dumps(later).encode())
