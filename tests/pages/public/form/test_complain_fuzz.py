"""The form of a website without JavaScript, sent with anything: a page comes back, and no 5xx."""

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from functions.public.form.form_fields import POINTERS, TRAP
from tests.html import Reading
from tests.local_run import LocalRun
from tests.pages.form_client import Sender, fields_of

NAMES = st.sampled_from([*POINTERS, TRAP, "site", "lang", "stamp", "__class__", "%s", ""])
WORDS = st.text(st.characters(exclude_categories=["Cs"]), max_size=300)
ODD = st.sampled_from(
    ["{}", "%(field)s", "{{ 7 * 7 }}", "../..", "\r\nX: y", "2026-02-30", "yes", "complaint"]
)


@settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow])
@given(typed=st.dictionaries(NAMES, WORDS | ODD, max_size=8))
def test_whatever_is_typed_is_answered_by_a_page(local_run: LocalRun, typed: dict[str, str]) -> None:
    sender = Sender(local_run)
    got = sender.post(fields_of(sender.page) | sender.stamp() | typed)
    assert got.status in (303, 400, 404, 422)
    if got.status != 303:
        page = Reading(got.text)
        assert (page.open, page.tags.count("h1")) == ([], 1)
