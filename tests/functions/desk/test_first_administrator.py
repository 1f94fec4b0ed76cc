"""Who begins is whom the operator named: by the id at the provider, or by an address that it vouches for."""

import pytest

from complaints.context.ports import Claims
from functions.desk.session.sign_in import is_named

ADA = Claims("4f5c", (), "Ada", "Ada@example.org")


@pytest.mark.parametrize("named", ["4f5c", "Ada@example.org", "ada@Example.org"])
def test_id_and_address_name_somebody_the_address_in_any_case(named: str) -> None:
    assert is_named(named, ADA)


@pytest.mark.parametrize("named", ["", "4F5C", "ada", "ada@example.com"])
def test_nothing_else_does(named: str) -> None:
    assert not is_named(named, ADA)
    assert not is_named(named, Claims("4f5c", (), "Ada"))
