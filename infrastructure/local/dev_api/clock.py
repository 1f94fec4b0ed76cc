"""`/_local/clock` and `/_local/settle`: time, and waiting for all that it set off.

`/_local/checkpoints`: makes the checkpoints that are due, and verifies, as the schedule does.
"""

from collections.abc import Callable
from datetime import datetime, timedelta

from infrastructure.local.clock import LocalClock, TimeMachine
from infrastructure.local.dev_api.bodies import MoveClock, Refused, read
from infrastructure.local.dev_api.routes import Call
from infrastructure.local.gateway.http import Answer, Request, json_answer


def calls(
    clock: LocalClock, machine: TimeMachine, settle: Callable[[], object]
) -> dict[str, dict[str, Call]]:
    """The calls that tell, move and await the time."""

    def now(*_: object) -> Answer:
        return json_answer({"now": clock.now(), "ahead": clock.ahead})

    def moved(request: Request, _: dict[str, str]) -> Answer:
        wish = read(request.body, MoveClock)
        try:
            _move(machine, wish)
        except ValueError as error:
            raise Refused(422, "invalid", "The clock cannot be moved there.", str(error)) from error
        return now()

    def settled(*_: object) -> Answer:
        settle()
        return json_answer({"settled": True})

    return {"/_local/clock": {"GET": now, "POST": moved}, "/_local/settle": {"POST": settled}}


def _move(machine: TimeMachine, wish: MoveClock) -> None:
    match wish.now, wish.advance:
        case datetime() as moment, None:
            machine.go_to(moment, late=wish.late)
        case None, timedelta() as ahead:
            machine.advance(ahead, late=wish.late)
        case _:
            raise ValueError("Give either now or advance.")


def checkpoint_calls(seal: Callable[[], object]) -> dict[str, dict[str, Call]]:
    """The call that makes checkpoints and verifies, and answers what it did."""

    def sealed(*_: object) -> Answer:
        return json_answer(seal())

    return {"/_local/checkpoints": {"POST": sealed}}
