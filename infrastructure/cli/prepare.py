"""`python -m infrastructure.cli.prepare STAGE`: makes the stage file of a first deployment.

Asks a person, the variables, the account and the provider. `make deploy` does so before anything is packaged.
"""

import os
import sys
from collections.abc import Callable, Mapping
from pathlib import Path

import boto3
from botocore.exceptions import BotoCoreError, ClientError

from infrastructure.deployment.account import account_of, found_in_account, reason
from infrastructure.deployment.questions import answered, completed, stage_text
from infrastructure.deployment.stage_file import FOLDER, Stage, read_stage, refuse_name
from infrastructure.doctor.network import Internet, Network
from infrastructure.errors import CannotDeploy
from infrastructure.template.parameters import PARAMETERS


def prepared(name: str) -> Stage:
    """The stage of that name, whose file is made where there is none. Raises as both do."""
    if made := stage_file_made(name):
        print(f"Wrote {made}.", flush=True)
    return read_stage(name)


def stage_file_made(
    name: str, folder: Path = FOLDER, network: Network | None = None, session: boto3.Session | None = None
) -> Path | None:
    """Writes the stage file where there is none, and answers with its place.

    Raises `CannotDeploy` for a name that is none, for what is missing, and where nobody is signed in, and
    botocore's own errors where the account does not answer. Then nothing is written.
    """
    refuse_name(name)
    path = folder / f"{name}.toml"
    if path.exists():
        return None
    answers = answered(os.environ, asking())
    issuer = answers.get("Issuer", "").rstrip("/")
    document = f"{issuer}/.well-known/openid-configuration"
    discovery = (network or Internet()).document(document) if issuer else None
    session = session or boto3.Session(region_name=answers["region"])
    account_of(session)
    found = _known(found_in_account(session, answers["Sender"].partition("@")[2]))
    folder.mkdir(parents=True, exist_ok=True)
    path.write_text(stage_text(completed(answers, discovery, found)), encoding="utf-8")
    return path


def asking() -> Callable[[str], str] | None:
    """How a person is asked, or None where nobody sits at a terminal."""
    return input if sys.stdin.isatty() else None


def _known(found: Mapping[str, str | None]) -> dict[str, str]:
    """What the account said; of what the caller may not ask, a line is printed."""
    for name, value in found.items():
        if value is None:
            usual = PARAMETERS[name]["Default"]
            print(
                f"{name} is left out: you may not ask the account about it. It is {usual!r} until you say it"
                " in the stage file.",
                flush=True,
            )
    return {name: value for name, value in found.items() if value is not None}


def main() -> None:
    """Make the stage file that the command line names, or end with what is wrong with it."""
    try:
        prepared(sys.argv[1])
    except (CannotDeploy, BotoCoreError, ClientError) as error:
        sys.exit(f"Not deployed. {reason(error)}")


if __name__ == "__main__":
    main()
