"""The receipt code: read out, copied by hand and typed, it is still the one that was given."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from complaints.values.text.receipt_code import code_of, compared, normalised


@given(st.text(min_size=1, max_size=40))
def test_a_code_is_four_groups_of_four_and_another_for_another_token(access: str) -> None:
    code = code_of(access)
    assert [len(group) for group in code.split("-")] == [4, 4, 4, 4]
    assert code != code_of(f"{access}x")
    assert not set(code) & set("ILOU")


@given(st.text(min_size=1, max_size=40))
def test_it_is_read_however_it_is_typed(access: str) -> None:
    code = code_of(access)
    for typed in (
        code.lower(),
        code.replace("-", " "),
        code.replace("0", "O").replace("1", "l"),
        f" {code} ",
    ):
        assert compared(typed) == compared(code)
        assert normalised(typed) == compared(code)


@given(st.from_regex(r"[A-Za-z0-9_]{32,33}", fullmatch=True))
def test_a_token_stays_as_it_is(token: str) -> None:
    assert normalised(token) == token


@pytest.mark.parametrize(
    "typed", ["7k3m\u00a09qx2\tht0a c4d8", "\u20037K3M-9QX2-HT0A-C4D8\r\n", "7K3M9QX2HTOAC4D8"]
)
def test_however_it_is_typed_it_can_stand_in_a_header(typed: str) -> None:
    assert normalised(typed) == "7K3M9QX2HT0AC4D8"
