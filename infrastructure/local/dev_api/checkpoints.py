"""`/_local/checkpoints`: makes the checkpoints that are due, and verifies, as the schedule does."""

from collections.abc import Callable

from infrastructure.local.dev_api.routes import Call
from infrastructure.local.gateway.http import Answer, json_answer


def calls(seal: Callable[[], object]) -> dict[str, dict[str, Call]]:
    """The call that makes checkpoints and verifies, and answers what it did."""

    def sealed(*_: object) -> Answer:
        return json_answer(seal())

    return {"/_local/checkpoints": {"POST": sealed}}
