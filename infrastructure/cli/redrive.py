"""`python -m infrastructure.cli.redrive STAGE`: processes again what was set aside.

Inbound mails and delivery events are published to their topic again and deleted; letters are only listed, as
the schedule retries them. Failed webhooks are sent again, with all their attempts. Run it when the cause is
fixed: what fails again is set aside again.
"""

import argparse
import sys
from collections.abc import Iterator
from datetime import UTC, datetime

from botocore.exceptions import BotoCoreError, ClientError

from complaints.adapters.stores.correspondence.webhook_log import all_aside, want_again
from complaints.values.errors import Unavailable
from infrastructure.cli.admin import open_table
from infrastructure.deployment.account import reason, session_in
from infrastructure.deployment.dead_letters import Stack, letters, replay
from infrastructure.deployment.stacks.data_stack import deployed_outputs
from infrastructure.deployment.stage_file import read_stage
from infrastructure.errors import CannotDeploy


def stack_of(stage_name: str) -> Stack:
    """The stack of a stage. Raises `CannotDeploy` where it is not deployed."""
    stage = read_stage(stage_name)
    session = session_in(stage.region)
    cloud = session.client("cloudformation")
    deployed_outputs(cloud, stage)
    return Stack(cloud, session.client("sqs"), session.client("sns"), stage.stack)


def webhooks(now: datetime) -> Iterator[str]:
    """Sends the failed webhooks of the bound table again; returns one line for each. Raises
    `Unavailable`."""
    for aside in all_aside():
        if want_again(aside, now):
            yield f"Webhook {aside.letter} of {aside.reference}: wanted again"


def replayed(stack: Stack, stage: str) -> Iterator[str]:
    """One line for each message that was set aside: letters are listed, mails and webhooks go again."""
    yield from letters(stack)
    yield from replay(stack)
    open_table(stage)
    yield from webhooks(datetime.now(UTC))


def main() -> None:
    """Replays what the command line names, and prints one line for each message."""
    arguments = argparse.ArgumentParser(prog="python -m infrastructure.cli.redrive")
    arguments.add_argument("stage")
    options = arguments.parse_args()
    try:
        stack = stack_of(options.stage)
        is_empty = True
        for line in replayed(stack, options.stage):
            is_empty = False
            print(line, flush=True)
        if is_empty:
            print("Nothing was set aside.")
    except (CannotDeploy, BotoCoreError, ClientError, Unavailable) as error:
        sys.exit(f"Not all was replayed. {reason(error)}")


if __name__ == "__main__":
    main()
