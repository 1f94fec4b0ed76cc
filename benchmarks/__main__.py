"""`make bench`: measures, writes `RESULTS.md`, and exits with 1 when a gate fails."""

import argparse
import sys
from contextlib import redirect_stdout
from os import devnull

arguments = argparse.ArgumentParser(prog="make bench", description=__doc__)
arguments.add_argument("--quick", action="store_true", help="fewer rounds, and 1,000 cases only")
quick = arguments.parse_args().quick
with open(devnull, "w") as nowhere, redirect_stdout(nowhere):
    # Imported here: the product's logger keeps the output that it finds, and nobody wants to read its lines.
    from benchmarks.run import FULL, QUICK, main

    holds = main(QUICK if quick else FULL)
sys.exit(not holds)
