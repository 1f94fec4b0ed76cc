"""`python -m infrastructure.cli.data.export_cases TABLE BUCKET [--texts]`: exports every case to a bucket.

The stream does it whenever something happens in a case, where the operator wants it. This is for the cases
from before. It reads the whole table, and writes what is not in the bucket as it is now: after a crash it
goes on where it was. What it writes, and what `--texts` adds, is said in docs/bi.md.
"""

import argparse

from complaints.adapters.container import container
from functions.use_cases.files.bucket_export import export_missing
from infrastructure.deployment.account import ending
from infrastructure.deployment.open_container import open_container


def export_all() -> int:
    """Exports the cases of the bound table that are not in the bucket as they are, and returns how many."""
    deps = container()
    return sum(export_missing(deps, reference) for reference in deps.search.findable())


def main() -> None:
    """Exports what the command line names."""
    arguments = argparse.ArgumentParser(prog="python -m infrastructure.cli.data.export_cases")
    arguments.add_argument("table")
    arguments.add_argument("bucket")
    arguments.add_argument("--texts", action="store_true", help="with what people wrote, and their names")
    options = arguments.parse_args()
    open_container(options.table, exports=options.bucket, export_texts="yes" if options.texts else "")
    with ending("It could not be done to its end; doing it again goes on."):
        print(f"{export_all()} cases were written.")


if __name__ == "__main__":
    main()
