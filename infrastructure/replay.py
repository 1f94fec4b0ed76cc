"""`python -m infrastructure.replay STAGE`: brings in again what was set aside in the dead letter queues.

Mails that came in, and words on mails that were sent, are published to their topic again and deleted; letters
are only listed, as the schedule wants them again by itself. Run it when the cause is mended: what fails again
comes back into the queue.
"""

import argparse
import sys

import boto3
from botocore.exceptions import BotoCoreError, ClientError

from infrastructure.deployment.dead_letters import Stack, letters, replay
from infrastructure.deployment.refusal import CannotDeploy
from infrastructure.deployment.stack import outputs
from infrastructure.deployment.stage_file import read_stage


def stack_of(stage_name: str) -> Stack:
    """The stack of a stage. Raises `CannotDeploy` where it is not deployed."""
    stage = read_stage(stage_name)
    session = boto3.Session(region_name=stage.region)
    cloud = session.client("cloudformation")
    if not outputs(cloud, stage.stack):
        raise CannotDeploy(f"{stage.stack} is not deployed in {stage.region}.")
    return Stack(cloud, session.client("sqs"), session.client("sns"), stage.stack)


def main() -> None:
    """Replays what the command line names, and prints one line for each message."""
    arguments = argparse.ArgumentParser(prog="python -m infrastructure.replay")
    arguments.add_argument("stage")
    wanted = arguments.parse_args()
    try:
        stack = stack_of(wanted.stage)
        for line in (*letters(stack), *replay(stack)):
            print(line, flush=True)
    except (CannotDeploy, BotoCoreError, ClientError) as error:
        sys.exit(f"Not all was replayed. {error}")


if __name__ == "__main__":
    main()
