"""`python -m infrastructure.cli.restore STAGE AT`: restores an installation to a moment.

AT is a moment (`2026-11-28T20:00:00Z`), the ARN of a backup that `make backup` took, or `resume`, which lets
an installation go on whose restore was given up.
"""

import argparse
import os
import sys
from datetime import UTC, datetime

from botocore.exceptions import BotoCoreError, ClientError

from complaints.values.errors import Unavailable
from infrastructure.cli.prepare import asking
from infrastructure.deployment.account import reason, session_in
from infrastructure.deployment.backups.restore import clients_of, restore, resume
from infrastructure.deployment.backups.restored_tables import Origin
from infrastructure.deployment.stacks.data_stack import deployed_outputs
from infrastructure.deployment.stage_file import read_stage
from infrastructure.errors import CannotDeploy, NothingBegun

RESUME = "resume"
QUESTION = "{} is paused, serves nobody, and goes on with its data as it was. Go on? [y/N] "


def origin_of(said: str) -> Origin:
    """What the command line names. Raises `CannotDeploy`."""
    if said.startswith("arn:"):
        return Origin(backup=said)
    try:
        at = datetime.fromisoformat(said)
    except ValueError as error:
        raise CannotDeploy(f"{said} is no moment: 2026-11-28T20:00:00Z is one.") from error
    if at.tzinfo is None:
        raise CannotDeploy(f"{said} names no zone: 2026-11-28T20:00:00Z does.")
    return Origin(at=at.astimezone(UTC))


def main() -> None:
    """Restore as the command line says, and print each step."""
    arguments = argparse.ArgumentParser(prog="python -m infrastructure.cli.restore")
    arguments.add_argument("stage")
    arguments.add_argument("at", help="a moment with its zone, the ARN of a backup, or `resume`")
    options = arguments.parse_args()
    try:
        stage = read_stage(options.stage)
        origin = None if options.at == RESUME else origin_of(options.at)
        os.environ["AWS_DEFAULT_REGION"] = stage.region
        session = session_in(stage.region)
        deployed_outputs(session.client("cloudformation"), stage)
    except (CannotDeploy, BotoCoreError, ClientError) as error:
        sys.exit(f"Nothing was begun. {reason(error)}")
    ask = asking()
    if origin and ask and ask(QUESTION.format(stage.stack)).strip().casefold() not in ("y", "yes"):
        sys.exit("Nothing was begun.")
    try:
        clients = clients_of(session)
        if origin is None:
            resume(clients, stage.stack)
            print(f"{stage.stack} goes on.")
            return
        for line in restore(clients, stage.stack, origin):
            print(line, flush=True)
    except NothingBegun as error:
        sys.exit(f"Nothing was begun. {error}")
    except (CannotDeploy, BotoCoreError, ClientError, Unavailable) as error:
        sys.exit(f"Not restored to its end; the same command goes on, `AT=resume` gives up. {reason(error)}")


if __name__ == "__main__":
    main()
