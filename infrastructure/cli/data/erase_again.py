"""`python -m infrastructure.cli.data.erase_again TABLE BUCKET FILES`: erases what a restore brought back.

BUCKET is the evidence bucket, in which the list of erasures lies; FILES is that of files and mails. Each case
on the list that the restored table knows as it was before is closed at once; what people wrote in it is
removed by the function "erase-cases" within minutes. So is what is held of one of several people of a case
that were erased apart, at once. Doing it again changes nothing.
"""

import argparse
import sys

from botocore.exceptions import BotoCoreError, ClientError

from complaints.adapters.container import container
from complaints.values.errors import Unavailable
from functions.services.cases.erase_again import erase_again
from infrastructure.deployment.account import reason
from infrastructure.deployment.open_container import open_to_erase


def main() -> None:
    """Erases what the list in the bucket names."""
    arguments = argparse.ArgumentParser(prog="python -m infrastructure.cli.data.erase_again")
    arguments.add_argument("table")
    arguments.add_argument("bucket")
    arguments.add_argument("files")
    options = arguments.parse_args()
    open_to_erase(options.table, evidence=options.bucket, files=options.files)
    try:
        for each in erase_again(container()):
            said = f"Still to be erased ({each.refused})" if each.refused else "Erased again"
            print(f"{said}: {each}.")
    except (BotoCoreError, ClientError, Unavailable) as error:
        sys.exit(f"It could not be done to its end; doing it again goes on. {reason(error)}")


if __name__ == "__main__":
    main()
