"""Runs one function as Lambda does: `python3.13 -I -S function_process.py <task> <opt> <handler>`.

Standard library only: it runs in a bare interpreter that sees the package and nothing else. Each line of
standard input is an event with its context, each line of standard output what came of it. What the function
prints goes to standard error, which is its log.
"""

import importlib
import json
import os
import sys
import time
import traceback
from typing import Any, TextIO


class Context:
    """What Lambda tells a function about itself and its run."""

    def __init__(self, values: dict[str, Any]) -> None:
        self.function_name = os.environ["AWS_LAMBDA_FUNCTION_NAME"]
        self.function_version = os.environ["AWS_LAMBDA_FUNCTION_VERSION"]
        self.memory_limit_in_mb = int(os.environ["AWS_LAMBDA_FUNCTION_MEMORY_SIZE"])
        self.invoked_function_arn = values["arn"]
        self.aws_request_id = values["request"]
        self.log_group_name = os.environ["AWS_LAMBDA_LOG_GROUP_NAME"]
        self.log_stream_name = os.environ["AWS_LAMBDA_LOG_STREAM_NAME"]
        self.identity = self.client_context = None
        self._deadline_ms = values["deadline_ms"]

    def get_remaining_time_in_millis(self) -> int:
        """Milliseconds until Lambda would end the run."""
        return max(0, int(self._deadline_ms - time.time() * 1000))


def run(events: TextIO, answers: TextIO, handler: str) -> None:
    """Import the handler, then answer each event."""
    module, _, name = handler.rpartition(".")
    function = getattr(importlib.import_module(module), name)
    for line in events:
        request = json.loads(line)
        try:
            answer = {"result": function(request["event"], Context(request["context"]))}
            data = json.dumps(answer)
        except Exception as error:
            traceback.print_exc()
            data = json.dumps({"error": {"errorType": type(error).__name__, "errorMessage": str(error)}})
        print(data, file=answers, flush=True)


if __name__ == "__main__":
    task, opt, handler = sys.argv[1:]
    sys.path[:0] = [task, f"{opt}/python"]
    with os.fdopen(os.dup(sys.stdout.fileno()), "w", encoding="utf-8") as answers:
        os.dup2(sys.stderr.fileno(), sys.stdout.fileno())
        sys.stdout = sys.stderr
        run(sys.stdin, answers, handler)
