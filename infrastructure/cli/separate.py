"""`python -m infrastructure.cli.separate STAGE`: gives the data of a stack of before a stack of its own.

The package is then deployed over it. Nothing is served meanwhile; a separation that died goes on by the same
command.
"""

import argparse
import json
import sys
from pathlib import Path

import boto3
from botocore.exceptions import BotoCoreError, ClientError

from infrastructure.cli.deploy import ROOT, deploy
from infrastructure.cli.prepare import asking
from infrastructure.deployment.account import reason, session_in
from infrastructure.deployment.errors import CannotDeploy, NothingBegun
from infrastructure.deployment.separation import clients_of, separate
from infrastructure.deployment.stacks.upload import DATA_TEMPLATE, needs_package
from infrastructure.deployment.stage_file import Stage, read_stage

QUESTION = "{} is deleted and made anew over its data; nothing is served meanwhile. Go on? [y/N] "


def separated(session: boto3.Session, stage: Stage, package: Path) -> dict[str, str]:
    """Give the data its own stack and deploy the package over it; answers with what both stacks do.

    Raises `CannotDeploy`, and botocore's own errors where AWS refuses.
    """
    template = json.loads((package / DATA_TEMPLATE).read_text(encoding="utf-8"))
    for line in separate(clients_of(session), stage, template):
        print(line, flush=True)
    return deploy(stage, package)


def main() -> None:
    """Separate as the command line says, and print where the installation answers."""
    arguments = argparse.ArgumentParser(prog="python -m infrastructure.cli.separate")
    arguments.add_argument("stage")
    arguments.add_argument("--package", type=Path, default=ROOT / "build/package")
    options = arguments.parse_args()
    try:
        stage = read_stage(options.stage)
        needs_package(options.package)
        session = session_in(stage.region)
    except (CannotDeploy, BotoCoreError, ClientError) as error:
        sys.exit(f"Nothing was begun. {reason(error)}")
    ask = asking()
    if ask is not None and ask(QUESTION.format(stage.stack)).strip().casefold() not in ("y", "yes"):
        sys.exit("Nothing was begun.")
    try:
        for name, value in sorted(separated(session, stage, options.package).items()):
            print(f"{name}: {value}")
    except NothingBegun as error:
        sys.exit(f"Nothing was begun. {error}")
    except (CannotDeploy, BotoCoreError, ClientError) as error:
        sys.exit(f"Not separated to its end; the same command goes on. {reason(error)}")


if __name__ == "__main__":
    main()
