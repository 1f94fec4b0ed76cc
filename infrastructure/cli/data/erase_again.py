"""`python -m infrastructure.cli.data.erase_again TABLE BUCKET FILES [--check] [--unsealed]`: erases what a
restore brought back.

BUCKET is the evidence bucket, in which the list of erasures lies; FILES is that of files and mails. Each case
on the list that the restored table knows as it was before is closed at once; what people wrote in it is
removed by the function "erase-cases" within minutes. So is what is held of one of several people of a case
that were erased apart, at once. Doing it again changes nothing.

All is listed before anything is done; with `--check` nothing is. What no checkpoint holds was asked for in
the last hour, or before a release that sealed it, or is planted: look at each, and say `--unsealed`. One of a
case that never ended is refused then, too.
"""

import argparse
from collections.abc import Iterator

from complaints.adapters.container import container
from functions.use_cases.cases.erase_again import erase_again, waiting
from infrastructure.deployment.account import ending
from infrastructure.deployment.open_container import open_to_erase


def erased(*, is_check: bool, unsealed: bool) -> Iterator[str]:
    """Erases what waits for it; answers with a line for each that waits, and for each that was erased."""
    waits = waiting(container(), unsealed=unsealed)
    for listed, refused in waits:
        of = f"{listed.reference} ({listed.party})" if listed.party else listed.reference
        yield f"{f'Refused ({refused})' if refused else 'To be erased'}: {of}, {listed.requested_at}."
    for each in () if is_check else erase_again(container(), unsealed=unsealed):
        said = f"Still to be erased ({each.refused})" if each.refused else "Erased again"
        yield f"{said}: {each}."
    if not waits:
        yield "Nothing on the list is still to be erased."


def main() -> None:
    """Erases what the list in the bucket names."""
    arguments = argparse.ArgumentParser(prog="python -m infrastructure.cli.data.erase_again")
    arguments.add_argument("table")
    arguments.add_argument("bucket")
    arguments.add_argument("files")
    arguments.add_argument("--check", action="store_true", help="change nothing")
    arguments.add_argument("--unsealed", action="store_true", help="also what no checkpoint holds")
    options = arguments.parse_args()
    open_to_erase(options.table, evidence=options.bucket, files=options.files)
    with ending("It could not be done to its end; doing it again goes on."):
        for line in erased(is_check=options.check, unsealed=options.unsealed):
            print(line, flush=True)


if __name__ == "__main__":
    main()
