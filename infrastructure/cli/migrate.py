"""`python -m infrastructure.cli.migrate STAGE`: runs what an update asks for on data from before it, once."""

import argparse
import os
import subprocess
import sys

from botocore.exceptions import BotoCoreError, ClientError

from infrastructure.deployment.account import reason, session_in
from infrastructure.deployment.migrations import done, filled_in, note_done, pending
from infrastructure.deployment.stacks.data_stack import deployed_outputs
from infrastructure.deployment.stage_file import read_stage
from infrastructure.errors import CannotDeploy


def main() -> None:
    """Run each migration that is left, and note it; a failed one is run again next time."""
    arguments = argparse.ArgumentParser(prog="python -m infrastructure.cli.migrate")
    arguments.add_argument("stage")
    arguments.add_argument("--check", action="store_true", help="only name what is left")
    options = arguments.parse_args()
    try:
        stage = read_stage(options.stage)
        os.environ["AWS_DEFAULT_REGION"] = stage.region
        session = session_in(stage.region)
        found, ssm = deployed_outputs(session.client("cloudformation"), stage), session.client("ssm")
        known = done(ssm, stage.migrations)
        left = pending(known)
        if not left:
            print("Nothing is left to migrate.")
        for each in left:
            print(f"{each.name}: {each.why}", flush=True)
            if options.check:
                continue
            called = filled_in(each.arguments, found | {"Keys": stage.keys})
            if subprocess.run([sys.executable, "-m", each.module, *called], check=False).returncode:
                raise CannotDeploy(f"{each.name} failed; the same command goes on with it.")
            known |= {each.name}
            note_done(ssm, stage.migrations, known)
    except (CannotDeploy, BotoCoreError, ClientError) as error:
        sys.exit(f"Not all is migrated. {reason(error)}")


if __name__ == "__main__":
    main()
