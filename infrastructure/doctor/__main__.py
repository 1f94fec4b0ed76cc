"""`python -m infrastructure.doctor STAGE`: says in a line each what is wrong and how to mend it.

It changes nothing, before the first deployment as after it, and ends with 1 where something is wrong.
"""

import argparse
import sys

from botocore.exceptions import BotoCoreError, ClientError

from infrastructure.deployment.account import reason, session_in
from infrastructure.deployment.stage_file import read_stage
from infrastructure.doctor.examination import Patient, examine
from infrastructure.doctor.line import State
from infrastructure.doctor.network import Internet
from infrastructure.errors import CannotDeploy


def main() -> None:
    """Examine as the command line says, and print what was found."""
    arguments = argparse.ArgumentParser(prog="python -m infrastructure.doctor")
    arguments.add_argument("stage")
    options = arguments.parse_args()
    try:
        stage = read_stage(options.stage)
        session = session_in(stage.region)
    except (CannotDeploy, BotoCoreError, ClientError) as error:
        sys.exit(f"Nothing was looked at. {reason(error)}")
    found = []
    for name, line in examine(Patient(stage, session, Internet())):
        found.append(line)
        print(f"{name:20} {line.text}", flush=True)
    bad = sum(line.state is State.WRONG for line in found)
    sys.exit(f"{bad} of {len(found)} need you." if bad else 0)


if __name__ == "__main__":
    main()
