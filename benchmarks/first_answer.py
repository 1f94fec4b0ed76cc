"""One cold start, run as a process of its own: the Python starts, imports an app, and answers one event.

    python -I -S first_answer.py MODULE FOLDER… < event.json

looks for modules in the folders alone, and prints, on its last line, the processor time from the start
of the process to the answer, the answer's status, and what was imported.
"""

import json
import sys
import time
from importlib import import_module


class Context:
    """What a handler and the logger ask Lambda's context for; plain, so that it costs nothing."""

    function_name = function_version = aws_request_id = "bench"
    memory_limit_in_mb = 512
    invoked_function_arn = "arn:aws:lambda:eu-central-1:000000000000:function:bench"

    def get_remaining_time_in_millis(self) -> int:
        """As long as API Gateway waits."""
        return 29_000


def main(module: str) -> dict[str, object]:
    """Answers the event on standard input with `app` of the named module."""
    event = json.load(sys.stdin)
    answer = import_module(module).app(event, Context())
    return {
        "milliseconds": time.process_time_ns() / 1e6,
        "status": answer["statusCode"],
        "said": answer["body"],
        "modules": sorted(sys.modules),
    }


if __name__ == "__main__":
    sys.path[:0] = sys.argv[2:]
    print("", json.dumps(main(sys.argv[1])), sep="\n")
