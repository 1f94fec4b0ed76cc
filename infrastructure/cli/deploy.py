"""`python -m infrastructure.cli.deploy STAGE`: brings the package to the AWS account of the caller.

Keys first, then the package, then the stack. Without a domain of its own an installation learns its address
only when it stands, so a first deployment changes the stack twice. Static files come before the functions
that name them, wherever their bucket stands already.
"""

import argparse
import json
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import boto3
from botocore.exceptions import BotoCoreError, ClientError

from infrastructure.cli.prepare import asking, stage_file_made
from infrastructure.deployment.account import account_of
from infrastructure.deployment.errors import CannotDeploy
from infrastructure.deployment.migrations import MIGRATIONS, done, note_done, pending
from infrastructure.deployment.preview import preview
from infrastructure.deployment.secrets import make_secrets
from infrastructure.deployment.stack import (
    apply_change_set,
    outputs,
    parameters_in_force,
    protect,
    with_revision,
)
from infrastructure.deployment.stage_file import RESTORED_PARAMETERS, Stage, read_stage
from infrastructure.deployment.statics import upload_changing, upload_lasting
from infrastructure.deployment.upload import TEMPLATE, bucket_of, needs_package, upload
from infrastructure.doctor.examination import Patient, examine
from infrastructure.doctor.line import State
from infrastructure.doctor.network import Internet

if TYPE_CHECKING:
    from types_boto3_cloudformation import CloudFormationClient
    from types_boto3_s3 import S3Client


ROOT = Path(__file__).resolve().parents[2]


def deploy(stage: Stage, package: Path, watch: int = 0) -> dict[str, str]:
    """Bring `package` to `stage` and answer with the stack's outputs. An update is watched for so many
    minutes.

    Raises `CannotDeploy`, or botocore's own errors where AWS refuses.
    """
    session = boto3.Session(region_name=stage.region)
    account = account_of(session)
    print(f"Deploying {stage.stack} to account {account}, {stage.region}.", flush=True)
    made = make_secrets(session.client("ssm"), stage.keys)
    print(f"Keys: {', '.join(made) or 'none'} made below {stage.keys}.", flush=True)
    s3 = session.client("s3")
    template = upload(s3, package, bucket_of(account, stage.region))
    cloud, ssm = session.client("cloudformation"), session.client("ssm")
    is_new = not outputs(cloud, stage.stack)
    found = roll_out(s3, cloud, stage, package, template, watch)
    if is_new:
        note_done(ssm, stage.migrations, {each.name for each in MIGRATIONS})
    for each in pending(done(ssm, stage.migrations)):
        print(
            f"Left to do, by `make migrate STAGE={stage.name}`: {each.name}, so that {each.why}.", flush=True
        )
    return found


def roll_out(
    s3: "S3Client",
    cloud: "CloudFormationClient",
    stage: Stage,
    package: Path,
    template: str,
    watch: int = 0,
) -> dict[str, str]:
    """Bring the stack to the template at this address, with the static files of `package`.

    Answers with the stack's outputs. Raises `CannotDeploy`; then the files that were served still are.
    """
    known, before = outputs(cloud, stage.stack), parameters_in_force(cloud, stage.stack)
    restored = {name: before[name] for name in RESTORED_PARAMETERS if name in before}
    if "Statics" in known:
        upload_lasting(s3, package, known["Statics"])
    given = with_revision(parameters(stage, known.get("Url")) | restored, template)
    apply_change_set(cloud, stage.stack, template, given, watch)
    found = outputs(cloud, stage.stack)
    upload_lasting(s3, package, found["Statics"])
    upload_changing(s3, package, found["Statics"])
    if found["Url"] != known.get("Url"):
        given = with_revision(parameters(stage, found["Url"]) | restored, template)
        apply_change_set(cloud, stage.stack, template, given)
    protect(cloud, stage.stack)
    return found


def parameters(stage: Stage, url: str | None) -> dict[str, str]:
    """The parameters of the template; `url` is the address where it is known."""
    return stage.parameters | {"Keys": stage.keys} | ({"PublicUrl": url} if url else {})


def shown_first(stage: Stage, package: Path, *, is_checked: bool) -> None:
    """Before a stack is made: what it will be and cost, and, where that `is_checked`, what is wrong
    meanwhile. A person at a terminal is asked.

    Raises `CannotDeploy` where the answer is no.
    """
    session = boto3.Session(region_name=stage.region)
    if outputs(session.client("cloudformation"), stage.stack):
        return
    template = json.loads((package / TEMPLATE).read_text(encoding="utf-8"))
    print(f"{stage.stack} will be made in {stage.region}, account {account_of(session)}:")
    print("\n".join(preview(template, stage.parameters)))
    for name, line in () if not is_checked else examine(Patient(stage, session, Internet())):
        if line.state is State.WRONG:
            print(f"{name:20} {line.text}")
    ask = asking()
    if ask is not None and ask("Deploy? [y/N] ").strip().casefold() not in ("y", "yes"):
        raise CannotDeploy("Nothing was made.")


def main() -> None:
    """Deploy as the command line says, and print where the installation answers."""
    arguments = argparse.ArgumentParser(prog="python -m infrastructure.cli.deploy")
    arguments.add_argument("stage", help="the stage file that says what to deploy to: `prod` for prod.toml")
    arguments.add_argument("--package", type=Path, default=ROOT / "build/package")
    arguments.add_argument("--unchecked", action="store_true", help="ask neither the DNS nor the provider")
    arguments.add_argument(
        "--watch", type=int, default=5, help="minutes for which an alarm rolls an update back; 0 for none"
    )
    options = arguments.parse_args()
    try:
        if made := stage_file_made(options.stage):
            print(f"Wrote {made}.", flush=True)
        stage = read_stage(options.stage)
        needs_package(options.package)
        shown_first(stage, options.package, is_checked=not options.unchecked)
        for name, value in sorted(deploy(stage, options.package, options.watch).items()):
            print(f"{name}: {value}")
    except (CannotDeploy, BotoCoreError, ClientError) as error:
        sys.exit(f"Not deployed. {error}")


if __name__ == "__main__":
    main()
