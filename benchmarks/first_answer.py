"""One cold start, run as a process of its own: the Python starts, imports an app, and answers one event.

    python -m benchmarks.first_answer MODULE < event.json

prints the processor time from the start of the process to the answer, the answer's status, and what was imported.
"""

import importlib
import json
import sys
import time

from benchmarks.gateway import Context


def main(module: str) -> dict[str, object]:
    """Answers the event on standard input with `app` of the named module."""
    event = json.load(sys.stdin)
    answer = importlib.import_module(module).app(event, Context())
    return {
        "milliseconds": time.process_time_ns() / 1e6,
        "status": answer["statusCode"],
        "modules": sorted(sys.modules),
    }


if __name__ == "__main__":
    found = main(sys.argv[1])
    print()
    print(json.dumps(found))
