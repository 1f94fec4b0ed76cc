"""The case beside another one in the queue from which it was opened."""

import pytest

from functions.pages.desk.queue.queue_place import Neighbour, Position, neighbour

QUEUE = ["A", "B", "C"]


@pytest.mark.parametrize(
    ("of", "position", "before", "behind"),
    [
        ("A", 1, None, "B"),
        ("B", 9, "A", "C"),
        ("C", None, "B", None),
        ("left", 1, None, "A"),
        ("left", 2, "A", "B"),
        ("left", 4, "C", None),
        ("left", None, "A", "A"),
        ("left", 99, None, None),
    ],
)
def test_the_queue_as_it_is_now_says_which_case_is_beside_another(
    of: str, position: int | None, before: str | None, behind: str | None
) -> None:
    at = Position(position) if position else None
    for is_before, text in ((True, before), (False, behind)):
        found = neighbour(QUEUE, of, at, before=is_before)
        assert found == (Neighbour(text, QUEUE.index(text) + 1) if text else None)
