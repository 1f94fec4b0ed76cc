"""One cold start, run as a process of its own: the Python starts, imports an app, and answers one event.

    python -m benchmarks.first_answer MODULE < event.json

prints, on its last line, the processor time from the start of the process to the answer, the answer's status, and
what was imported.
"""

import importlib
import json
import sys
import time

from infrastructure.local.lambda_context import LambdaContext


def main(module: str) -> dict[str, object]:
    """Answers the event on standard input with `app` of the named module."""
    event = json.load(sys.stdin)
    answer = importlib.import_module(module).app(event, LambdaContext("api"))
    return {
        "milliseconds": time.process_time_ns() / 1e6,
        "status": answer["statusCode"],
        "modules": sorted(sys.modules),
    }


if __name__ == "__main__":
    print("", json.dumps(main(sys.argv[1])), sep="\n")
