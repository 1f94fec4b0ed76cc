"""A file is what its bytes are, whatever it is called."""

import pytest
from hypothesis import given
from hypothesis.strategies import binary

from complaints.case.record.attachments import Attachment, FileType, Flaw
from complaints.files.file_types import SNIFFED, flaw_of, type_of
from tests.attachments.samples import GOOD, NOTHING_THAT_IS_TAKEN, PAGE, PNG, TEXT, TWO_THINGS
from tests.builders import MONDAY


def offered(kind: FileType, size: int) -> Attachment:
    """A file as it was offered."""
    return Attachment(id="a", type=kind, size=size, entry=2, offered_at=MONDAY)


@pytest.mark.parametrize("kind", FileType)
def test_a_file_that_is_what_it_says_has_no_flaw(kind: FileType) -> None:
    assert flaw_of(GOOD[kind], offered(kind, len(GOOD[kind]))) is None


@pytest.mark.parametrize("expected", FileType)
def test_s36_a_file_that_is_of_another_type_is_found_out(expected: FileType) -> None:
    others = [*(content for kind, content in GOOD.items() if kind is not expected)]
    for content in [*others, *NOTHING_THAT_IS_TAKEN.values()]:
        assert flaw_of(content, offered(expected, len(content))) is Flaw.WRONG_TYPE


@pytest.mark.parametrize("name", NOTHING_THAT_IS_TAKEN)
def test_s36_what_is_not_taken_has_no_type(name: str) -> None:
    assert type_of(NOTHING_THAT_IS_TAKEN[name]) is None


@pytest.mark.parametrize("name", TWO_THINGS)
def test_s36_a_file_that_is_two_things_at_once_is_found_out(name: str) -> None:
    kind, content = TWO_THINGS[name]
    assert type_of(content) is kind
    assert flaw_of(content, offered(kind, len(content))) is Flaw.TWO_FACED


@pytest.mark.parametrize("size", [len(PNG) - 1, len(PNG) + 1, 1])
def test_s36_a_file_of_another_size_is_found_out(size: int) -> None:
    assert flaw_of(PNG, offered(FileType.PNG, size)) is Flaw.WRONG_SIZE


def test_a_text_may_speak_of_markup() -> None:
    content = TEXT + PAGE
    assert flaw_of(content, offered(FileType.TEXT, len(content))) is None


def test_markup_where_no_browser_looks_is_data() -> None:
    content = PNG + b"\0" * SNIFFED + PAGE
    assert flaw_of(content, offered(FileType.PNG, len(content))) is None


@given(binary(max_size=200))
def test_bytes_by_chance_are_nothing_worse_than_text(content: bytes) -> None:
    assert type_of(content) in (None, FileType.TEXT)
