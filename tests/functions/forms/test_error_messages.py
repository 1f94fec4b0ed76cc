"""Pages of what did not work: plain words, what is kept, what to do next, and no code."""

import re
from collections.abc import Iterator

import pytest
from chalice.app import Response

from complaints.adapters import container
from complaints.values import errors
from complaints.values.errors import Refusal
from functions.http import request
from functions.http.request import Request
from functions.http.visit import Visit, entrance
from functions.rendering.page import as_page
from tests.html import Reading
from tests.installation import Installation

TYPED, UNSURE, NOTHING = "Nothing was saved this time.", "It is then saved only once", "Nothing was changed"


@pytest.fixture
def _anywhere() -> Iterator[None]:
    """A world whose store is never asked."""
    container.use_container(Installation("none").world)
    yield
    container.use_container(None)


def shown(refused: Exception, method: str = "POST", language: str = "en") -> Response:
    """The page of an entrance that refuses."""

    @as_page
    def refusing(_: Visit) -> Response:
        raise refused

    request.set_current_request(Request(method, "/complain", {}, {"lang": language}, b""))
    return entrance(refusing)()


def said(response: Response) -> str:
    """What it says, in one line."""
    return " ".join(Reading(response.body).words.split())


@pytest.mark.usefixtures("_anywhere")
@pytest.mark.parametrize(
    ("refused", "status", "title", "text"),
    [
        (errors.Forbidden(), 403, "You may not open this", TYPED),
        (errors.NotFound(), 404, "There is nothing here", TYPED),
        (errors.NotNow(), 409, "This is no longer possible", TYPED),
        (errors.Stale(3), 412, "Somebody else changed this first", TYPED),
        (errors.TooLarge(), 413, "This is too long", TYPED),
        (errors.TooMany(90), 429, "Please wait a little", TYPED),
        (RuntimeError("zebra"), 500, "Something went wrong on our side", UNSURE),
        (errors.Unavailable(), 503, "We cannot do this right now", UNSURE),
        (errors.WrongType(), 415, "This did not work", TYPED),
    ],
)
def test_each_says_what_is_kept_and_what_to_do_and_no_code(
    refused: Exception, status: int, title: str, text: str
) -> None:
    response = shown(refused)
    words = said(response)
    assert response.status_code == status
    assert title in words
    assert text in words
    assert str(status) not in words
    assert "zebra" not in words
    assert Reading(response.body).open == []


@pytest.mark.usefixtures("_anywhere")
def test_the_waiting_time_is_named_and_obeyed() -> None:
    response = shown(errors.TooMany(90))
    assert response.headers["Retry-After"] == "90"
    assert "after this time: 1 minute 30 seconds." in said(response)


@pytest.mark.usefixtures("_anywhere")
def test_only_what_nobody_expected_has_an_id_to_name() -> None:
    assert re.search(r"give this id: [0-9a-f]{12}", said(shown(RuntimeError())))
    assert "give this id" not in said(shown(errors.NotFound()))


@pytest.mark.usefixtures("_anywhere")
def test_who_only_looked_has_typed_nothing() -> None:
    assert NOTHING in said(shown(errors.Unavailable(), "GET"))


@pytest.mark.usefixtures("_anywhere")
@pytest.mark.parametrize("language", ["ar", "de", "en", "es", "fr", "tr"])
@pytest.mark.parametrize("refused", [errors.Unavailable(), errors.TooMany(5), errors.Stale(1)])
def test_they_are_told_in_every_language(language: str, refused: Refusal) -> None:
    html = next(
        attributes
        for tag, attributes in Reading(shown(refused, language=language).body).elements
        if tag == "html"
    )
    assert html["lang"] == language
