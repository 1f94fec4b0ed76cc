"""Bodies of forms: what a browser sends is read, and nothing else makes trouble."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from complaints.values.errors import Refusal, TooLarge, Unreadable, WrongType
from functions.forms.urlencoded import put_at_pointer, read_form
from functions.http.parsing.json_body import MOST_BYTES

FORM = "application/x-www-form-urlencoded"


def test_a_form_is_read_as_a_browser_sends_it() -> None:
    sent = b"t=abc&text=%C5%9Eik%C3%A2yet%0D%0Aline+two&reason="
    assert read_form(sent, f"{FORM}; charset=UTF-8") == {
        "t": "abc",
        "text": "Şikâyet\r\nline two",
        "reason": "",
    }


@pytest.mark.parametrize(
    ("raw", "kind", "refusal"),
    [
        (b"a=1", "application/json", WrongType),
        (b"a=1", "", WrongType),
        (b"x" * (MOST_BYTES + 1), FORM, TooLarge),
        (b"&".join(b"a=1" for _ in range(100)), FORM, Unreadable),
        (b"a=%ff", FORM, Unreadable),
        (b"a=%00", FORM, Unreadable),
        ("a=ü".encode(), FORM, Unreadable),
    ],
)
def test_what_is_no_form_is_refused(raw: bytes, kind: str, refusal: type[Refusal]) -> None:
    with pytest.raises(refusal):
        read_form(raw, kind)


@given(st.binary(max_size=200))
def test_no_body_makes_more_than_a_refusal(raw: bytes) -> None:
    try:
        fields = read_form(raw, FORM)
    except Unreadable:
        return
    assert all(isinstance(value, str) for value in fields.values())


def test_what_fields_say_is_put_where_their_pointers_lead() -> None:
    body: dict[str, object] = {"complainant": {}}
    for pointer, value in (("/subject", "s"), ("/complainant/email", "e"), ("/on_behalf_of/name", "n")):
        put_at_pointer(body, pointer, value)
    assert body == {"subject": "s", "complainant": {"email": "e"}, "on_behalf_of": {"name": "n"}}
