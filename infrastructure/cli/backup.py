"""`python -m infrastructure.cli.backup STAGE [--escrow CERTIFICATE --out FILE]`: takes a backup of an
installation, and an escrow copy of its keys."""

import argparse
import sys
from datetime import UTC, datetime
from pathlib import Path

from botocore.exceptions import BotoCoreError, ClientError

from infrastructure.deployment.account import reason, session_in
from infrastructure.deployment.backups.backup import certificate_in, escrow, take_backup
from infrastructure.deployment.stacks.data_stack import deployed_outputs
from infrastructure.deployment.stage_file import read_stage
from infrastructure.errors import CannotDeploy


def main() -> None:
    """Take what the command line names, and print where it is."""
    arguments = argparse.ArgumentParser(prog="python -m infrastructure.cli.backup")
    arguments.add_argument("stage")
    arguments.add_argument("--escrow", type=Path, help="the certificate (PEM) of who may read the keys")
    arguments.add_argument("--out", type=Path, default=Path("keys.cms"))
    options = arguments.parse_args()
    try:
        reader = certificate_in(options.escrow.read_bytes()) if options.escrow else None
        stage = read_stage(options.stage)
        session = session_in(stage.region)
        found = deployed_outputs(session.client("cloudformation"), stage)
    except (CannotDeploy, BotoCoreError, ClientError, OSError) as error:
        sys.exit(f"Nothing was begun. {reason(error)}")
    try:
        for line in take_backup(session.client("dynamodb"), found["Table"], datetime.now(UTC)):
            print(line, flush=True)
        if reader:
            ssm = session.client("ssm")
            options.out.write_bytes(escrow(ssm, stage.keys, reader))
            print(f"Keys, for the holder of {options.escrow}: {options.out}")
            # Its date tells doctor of keys that were changed since.
            ssm.put_parameter(Name=stage.escrow, Value="copied", Type="String", Overwrite=True)
    except (CannotDeploy, BotoCoreError, ClientError, OSError) as error:
        sys.exit(f"Not all was backed up. {reason(error)}")


if __name__ == "__main__":
    main()
