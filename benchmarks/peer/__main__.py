"""`python -m benchmarks.peer ROUNDS WARM_UP [SIZE …]`, run inside the peer's own environment.

Prints {"submission": [milliseconds …], "list at 1000": …, "ticket at 1000": …, …} on its last line.
"""

import json
import os
import sys

import django  # type: ignore[import-not-found]

if __name__ == "__main__":
    os.environ["DJANGO_SETTINGS_MODULE"] = "benchmarks.peer.settings"
    django.setup()

    from benchmarks.peer.measure import main

    print(json.dumps(main(int(sys.argv[1]), int(sys.argv[2]), [*map(int, sys.argv[3:])])))
