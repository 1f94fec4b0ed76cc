"""`python -m infrastructure.cli.rotate KEY STAGE [--end NUMBER|all]`: rotates a key of an installation.

Without `--end` nothing that was signed dies. `--end` is for a key that somebody else has.
"""

import argparse
import sys

from botocore.exceptions import BotoCoreError, ClientError

from infrastructure.deployment.account import reason, session_in
from infrastructure.deployment.key_rotation import rotate
from infrastructure.deployment.stage_file import read_stage
from infrastructure.errors import CannotDeploy


def main() -> None:
    """Rotate as the command line says, and print which generations are valid."""
    arguments = argparse.ArgumentParser(prog="python -m infrastructure.cli.rotate")
    arguments.add_argument("key")
    arguments.add_argument("stage")
    arguments.add_argument("--end", default="", help="the generation that somebody else has, or `all`")
    options = arguments.parse_args()
    try:
        stage = read_stage(options.stage)
        ssm = session_in(stage.region).client("ssm")
        print(rotate(ssm, stage.keys, options.key, options.end))
    except (CannotDeploy, BotoCoreError, ClientError) as error:
        sys.exit(f"Nothing was rotated. {reason(error)}")


if __name__ == "__main__":
    main()
