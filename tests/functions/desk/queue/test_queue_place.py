"""The case beside another one in the queue from which it was opened."""

import pytest

from functions.desk.queue.queue_place import Neighbour, Position, neighbour

QUEUE = ["A", "B", "C"]


@pytest.mark.parametrize(
    ("of", "position", "before", "behind"),
    [
        ("A", 1, None, "B"),
        ("B", None, "A", "C"),
        ("B", 2, "A", "C"),
        ("C", 1, None, "A"),
        ("C", 2, "A", "B"),
        ("A", 3, "C", None),
        ("C", None, "B", None),
        ("left", 1, None, "A"),
        ("left", 2, "A", "B"),
        ("left", 4, "C", None),
        ("left", None, None, "A"),
        ("left", 99, None, None),
    ],
)
def test_one_goes_on_from_the_position_though_the_case_has_moved(
    of: str, position: int | None, before: str | None, behind: str | None
) -> None:
    at = Position(position) if position else None
    for is_before, text in ((True, before), (False, behind)):
        found = neighbour(QUEUE, of, at, before=is_before)
        assert found == (Neighbour(text, QUEUE.index(text) + 1) if text else None)
