"""`python -m infrastructure.cli.deploy STAGE`: brings the package to the AWS account of the caller.

Keys first, then the package, then the stack of the data, then that of the code. Without a domain of its own
an installation learns its address only when it stands, so a first deployment changes the stack twice, and
nothing is sent in between: letters that wait in the data would name no address. Static files come before the
functions that name them, wherever their bucket stands already.
"""

import argparse
import json
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING

import boto3
from botocore.exceptions import BotoCoreError, ClientError

from infrastructure.cli.prepare import asking, prepared
from infrastructure.deployment.account import account_of, reason
from infrastructure.deployment.migrations import MIGRATIONS, done, note_done, pending
from infrastructure.deployment.secrets import make_secrets
from infrastructure.deployment.stacks.data_stack import (
    bring_data,
    data_stack,
    given,
    installation_outputs,
    policy_of_code,
    refuse_single_stack,
)
from infrastructure.deployment.stacks.preview import preview
from infrastructure.deployment.stacks.stack import (
    apply_change_set,
    is_made,
    outputs,
    parameters_in_force,
    protect,
    with_revision,
)
from infrastructure.deployment.stacks.upload import (
    DATA_TEMPLATE,
    TEMPLATE,
    Uploaded,
    bucket_of,
    needs_package,
    upload,
    upload_changing,
    upload_lasting,
)
from infrastructure.deployment.stage_file import Stage
from infrastructure.doctor.examination import Patient, examine
from infrastructure.doctor.line import State
from infrastructure.doctor.network import Internet
from infrastructure.errors import CannotDeploy
from infrastructure.template.parameters import IN_CODE, PENDING
from infrastructure.template.storage.given import GIVEN

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
    s3, cloud, ssm = session.client("s3"), session.client("cloudformation"), session.client("ssm")
    refuse_single_stack(cloud, stage.stack)
    made = make_secrets(ssm, stage.keys)
    print(f"Keys: {', '.join(made) or 'none'} made below {stage.keys}.", flush=True)
    templates = upload(s3, package, bucket_of(account, stage.region))
    if not is_made(cloud, data_stack(stage.stack)):
        note_done(ssm, stage.migrations, {each.name for each in MIGRATIONS})
    found = roll_out(s3, cloud, stage, package, templates, watch)
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
    templates: Uploaded,
    watch: int = 0,
) -> dict[str, str]:
    """Bring the stack of the data and that of the code to `templates`, with the static files of `package`.

    Answers with the outputs of both. Raises `CannotDeploy`; then the files that were served still are.
    """
    known, before = outputs(cloud, stage.stack), parameters_in_force(cloud, stage.stack)
    data = _with_data(cloud, stage, templates, known.get("Url"))
    goes_on = {"Paused": _pause_of_restore(before)}
    has_address = "Url" in known or bool(stage.parameters.get("Domain"))
    if "Statics" in known:
        upload_lasting(s3, package, known["Statics"])
    first = goes_on if has_address else {"Paused": "yes"}
    told = _to_code(parameters(stage, known.get("Url")) | data | first, templates)
    apply_change_set(cloud, stage.stack, templates.code, told, watch)
    found = outputs(cloud, stage.stack)
    upload_lasting(s3, package, found["Statics"])
    upload_changing(s3, package, found["Statics"])
    if found["Url"] != known.get("Url"):
        if stage.parameters.get("OwnPool") == "yes":
            _with_data(cloud, stage, templates, found["Url"])
        told = _to_code(parameters(stage, found["Url"]) | data | goes_on, templates)
        apply_change_set(cloud, stage.stack, templates.code, told)
    protect(cloud, stage.stack, json.dumps(policy_of_code()))
    return installation_outputs(cloud, stage.stack)


def _pause_of_restore(before: Mapping[str, str]) -> str:
    """What `Paused` stays by the parameters in force: while a restore goes on it is its own. That of a
    deployment that died before the stack was told its address is over with the next one."""
    is_told = before.get("PublicUrl", PENDING) != PENDING
    return before.get("Paused", "no") if is_told else "no"


def _with_data(
    cloud: "CloudFormationClient", stage: Stage, templates: Uploaded, url: str | None
) -> dict[str, str]:
    """The parameters of the code that the stack of the data gives, once that is brought to its template."""
    found, is_changed = bring_data(cloud, stage.stack, templates.data, parameters(stage, url))
    said = "made or changed" if is_changed else "nothing to change, and nothing was touched"
    print(f"{data_stack(stage.stack)}, which holds the data: {said}.", flush=True)
    return given(found)


def _to_code(told: dict[str, str], templates: Uploaded) -> dict[str, str]:
    """As much of all parameters as the stack of the code has, with its revision."""
    own = {name: value for name, value in told.items() if name in IN_CODE.named | GIVEN.keys()}
    return with_revision(own, templates.code)


def parameters(stage: Stage, url: str | None) -> dict[str, str]:
    """The parameters of both templates; `url` is the address where it is known."""
    return stage.parameters | {"Keys": stage.keys} | ({"PublicUrl": url} if url else {})


def shown_first(stage: Stage, package: Path, *, is_checked: bool) -> None:
    """Before a stack is made: what it will be and cost, and, where that `is_checked`, what is wrong
    meanwhile. A person at a terminal is asked.

    Raises `CannotDeploy` where the answer is no.
    """
    session = boto3.Session(region_name=stage.region)
    cloud = session.client("cloudformation")
    if outputs(cloud, stage.stack):
        return
    stacks = {data_stack(stage.stack): DATA_TEMPLATE, stage.stack: TEMPLATE}
    made = {stack: name for stack, name in stacks.items() if not is_made(cloud, stack)}
    templates = [json.loads((package / name).read_text(encoding="utf-8")) for name in made.values()]
    print(f"{' and '.join(made)} will be made in {stage.region}, account {account_of(session)}:")
    print("\n".join(preview(templates, stage.parameters)))
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
        stage = prepared(options.stage)
        needs_package(options.package)
        shown_first(stage, options.package, is_checked=not options.unchecked)
        for name, value in sorted(deploy(stage, options.package, options.watch).items()):
            print(f"{name}: {value}")
    except (CannotDeploy, BotoCoreError, ClientError) as error:
        sys.exit(f"Not deployed. {reason(error)}")


if __name__ == "__main__":
    main()
