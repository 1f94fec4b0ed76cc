"""One cold start, run as a process of its own: the Python starts, imports an app, and answers one event.

    python -I -S first_answer.py MODULE FOLDER… < event.json

looks for modules in the folders alone, and prints, on its last line, the processor time from the start
of the process to the answer, the answer, and what was imported. MODULE may name the function, too:
`app:send_letters`. With WATCHED in the environment it also says which templates were compiled, and its time
is of no use.
"""

import json
import os
import sys
import time
from importlib import import_module


class Context:
    """What a handler and the logger ask Lambda's context for; plain, so that it costs nothing."""

    function_name = function_version = aws_request_id = "bench"
    memory_limit_in_mb = 512
    invoked_function_arn = "arn:aws:lambda:eu-central-1:000000000000:function:bench"

    def __init__(self, remaining: int) -> None:
        self._remaining = remaining

    def get_remaining_time_in_millis(self) -> int:
        """Says what is left, again and again."""
        return self._remaining


GATEWAY, WORKER = 29_000, 300_000
"""Milliseconds: API Gateway waits as long; a function that nobody waits for has minutes."""


compiled: list[str] = []


def watch(event: str, arguments: tuple[object, ...]) -> None:
    """Takes down which templates are compiled: Jinja names the file of each."""
    if event == "compile" and str(arguments[1]).endswith((".html", ".txt")):
        compiled.append(str(arguments[1]))


def main(handler: str) -> dict[str, object]:
    """Answers the event on standard input with the function of the named module, `app` if none is named."""
    event = json.load(sys.stdin)
    module, _, function = handler.partition(":")
    context = Context(WORKER if function else GATEWAY)
    answer = getattr(import_module(module), function or "app")(event, context)
    return {
        "milliseconds": time.process_time_ns() / 1e6,
        "answer": answer,
        "modules": sorted(sys.modules),
        "compiled": compiled,
    }


if __name__ == "__main__":
    sys.path[:0] = sys.argv[2:]
    if "WATCHED" in os.environ:
        sys.addaudithook(watch)
    print("", json.dumps(main(sys.argv[1])), sep="\n")
