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
arguments.add_argument(
    "--due",
    type=int,
    metavar="N",
    help="only what it costs to share out N cases that fall due at once, printed",
)
arguments.add_argument(
    "--flood", type=int, metavar="N", help="only what it costs to close a flood of N cases, printed"
)
options = arguments.parse_args()
with open(devnull, "w") as nowhere, redirect_stdout(nowhere):
    # Imported here: the product's logger keeps the output that it finds, and nobody wants to read its lines.
    from benchmarks.run import FULL, QUICK, closing, looking, main, sharing

    if options.due:
        holds = sharing(options.due)
    elif options.flood:
        holds = closing(options.flood)
    else:
        holds = looking(options.cases) if options.cases else main(QUICK if options.quick else FULL)
sys.exit(not holds)
