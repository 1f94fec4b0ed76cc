"""`make bench`: measures, writes `RESULTS.md`, and exits with 1 when a gate fails."""

import argparse
import sys
from contextlib import redirect_stdout
from os import devnull

arguments = argparse.ArgumentParser(prog="make bench", description=__doc__)
arguments.add_argument("--quick", action="store_true", help="fewer rounds, and 1,000 cases only")
arguments.add_argument(
    "--cases", type=int, metavar="N", help="only what looking costs at 1,000 and at N cases, printed"
)
options = arguments.parse_args()
with open(devnull, "w") as nowhere, redirect_stdout(nowhere):
    # Imported here: the product's logger keeps the output that it finds, and nobody wants to read its lines.
    from benchmarks.run import FULL, QUICK, looking, main

    holds = looking(options.cases) if options.cases else main(QUICK if options.quick else FULL)
sys.exit(not holds)
