"""The receipt code: read out, copied by hand and typed, it is still the one that was given."""

from hypothesis import given
from hypothesis import strategies as st

from complaints.values.text.receipt_code import code_of, compared


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
