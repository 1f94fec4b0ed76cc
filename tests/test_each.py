"""A test for many cases looks at all of them, and names those that fail."""

import pytest

from tests.each import each


def test_every_case_is_tried_and_each_failure_is_named() -> None:
    tried: list[int] = []

    @each("number", [1, 2, 3, 4], str)
    def test(number: int) -> None:
        tried.append(number)
        assert number % 2, "even"

    with pytest.raises(AssertionError, match=r"(?s)^2: AssertionError even.*\n4: AssertionError even"):
        test()
    assert tried == [1, 2, 3, 4]


def test_no_case_at_all_is_a_failure() -> None:
    @each("number", [], str)
    def test(number: int) -> None:
        raise LookupError

    with pytest.raises(AssertionError):
        test()


@each("number", [1, 2], str)
def test_fixtures_come_beside_the_case(number: int, request: pytest.FixtureRequest) -> None:
    assert request.node.name == "test_fixtures_come_beside_the_case"
    assert number in (1, 2)
