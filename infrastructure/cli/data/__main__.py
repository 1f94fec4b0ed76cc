"""`python -m infrastructure.cli.data STAGE COMMAND ARGUMENT…`: runs a command of this folder on a stage.

An argument in braces is an output of its stacks: `{Table}`, `{Evidence}`, `{Files}`, `{Exports}`, and
`{Keys}` for the prefix of its keys.
"""

import argparse
import os
import runpy
import sys

from botocore.exceptions import BotoCoreError, ClientError

from infrastructure.deployment.account import reason, session_in
from infrastructure.deployment.migrations import filled_in
from infrastructure.deployment.stacks.data_stack import deployed_outputs
from infrastructure.deployment.stage_file import read_stage
from infrastructure.errors import CannotDeploy


def main() -> None:
    """Run the command with the names that the stage's stacks answer with."""
    arguments = argparse.ArgumentParser(prog="python -m infrastructure.cli.data")
    arguments.add_argument("stage")
    arguments.add_argument("command")
    options, called_with = arguments.parse_known_args()
    try:
        stage = read_stage(options.stage)
        os.environ["AWS_DEFAULT_REGION"] = stage.region
        found = deployed_outputs(session_in(stage.region).client("cloudformation"), stage)
        sys.argv[1:] = filled_in(called_with, found | {"Keys": stage.keys})
    except (CannotDeploy, BotoCoreError, ClientError) as error:
        sys.exit(f"Nothing was begun. {reason(error)}")
    runpy.run_module(f"infrastructure.cli.data.{options.command}", run_name="__main__", alter_sys=True)


if __name__ == "__main__":
    main()
