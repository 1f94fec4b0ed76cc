"""The client of the demonstration does what the API asks of one."""

import pytest

from infrastructure.local.demonstration.client import TRIES, ApiClient, Refused
from infrastructure.local.gateway.http import Answer, Request


class Store:
    """Answers with these states in turn, and keeps what it was asked."""

    def __init__(self, *states: int) -> None:
        self.states, self.asked = list(states), list[Request]()

    def __call__(self, request: Request) -> Answer:
        self.asked.append(request)
        return Answer(self.states.pop(0), (), b"{}")


def say(store: Store) -> None:
    ApiClient(store).say({"reference": "C-1", "access": "a"}, "messages", {"text": "Wait!"}, "k-1")


def test_what_could_not_be_finished_is_sent_again_as_it_was() -> None:
    store = Store(503, 201)
    say(store)
    first, again = store.asked
    assert (first.body, first.headers) == (again.body, again.headers)


def test_a_store_that_stays_away_is_an_error_and_a_refusal_is_one_at_once() -> None:
    for states in ([503] * TRIES, [422]):
        store = Store(*states)
        with pytest.raises(Refused, match=str(states[-1])):
            say(store)
        assert store.states == []
