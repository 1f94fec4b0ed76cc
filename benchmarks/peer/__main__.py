"""`python -m benchmarks.peer ROUNDS WARM_UP`, run inside the peer's own environment.

Prints {"submission": [milliseconds …], "list": …, "escalation": …} on its last line.
"""

import json
import os
import sys

import django  # type: ignore[import-not-found]

if __name__ == "__main__":
    os.environ["DJANGO_SETTINGS_MODULE"] = "benchmarks.peer.settings"
    django.setup()

    from benchmarks.peer.measure import main

    print(json.dumps(main(rounds=int(sys.argv[1]), warm_up=int(sys.argv[2]))))
