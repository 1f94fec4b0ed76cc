"""An installation of before, in one stack: its data gets a stack of its own, also where the command dies."""

import json
import time
from typing import Any

import boto3

from complaints.adapters.dynamodb.table import bind
from complaints.values.people import Role
from infrastructure.cli.admin import write_site
from infrastructure.cli.deploy import parameters
from infrastructure.deployment.account import account_of
from infrastructure.deployment.errors import CannotDeploy
from infrastructure.deployment.migrations import MIGRATIONS, done, note_done, pending
from infrastructure.deployment.pool_users import Pool
from infrastructure.deployment.secrets import make_secrets
from infrastructure.deployment.stacks.stack import apply_change_set, outputs, protect, with_revision
from infrastructure.deployment.stacks.statics import upload_changing, upload_lasting
from infrastructure.deployment.stacks.upload import DATA_TEMPLATE, bucket_of, upload
from infrastructure.deployment.stage_file import Stage
from infrastructure.rehearsal.environment import REGION
from infrastructure.rehearsal.installation import Installation, check, until
from infrastructure.rehearsal.single_stack import with_one_stack
from infrastructure.rehearsal.steps.complaint import complain, upload_file
from infrastructure.rehearsal.steps.data import held
from infrastructure.rehearsal.steps.deployment import SITE_RECORD
from infrastructure.rehearsal.steps.evidence import seal

NAME = "before"
STAGE = Stage(
    NAME,
    REGION,
    {
        "Sender": "help@example.org",
        "SenderIdentity": "example.org",
        "MakesIdentities": "no",
        "GatewayLogs": "no",
        "OwnPool": "yes",
        "FirstAdministrator": "ada@example.org",
        "ExportsCases": "plain",
    },
)
DIES = """
import json, sys
from pathlib import Path
from infrastructure.deployment import separation
from infrastructure.deployment.account import session_in
from infrastructure.deployment.stage_file import read_stage

stage, template = read_stage(sys.argv[1]), json.loads(Path(sys.argv[2]).read_text("utf-8"))
for line in separation.separate(separation.clients_of(session_in(stage.region)), stage, template):
    print(line)
    if "is deleted" in line:
        break
"""
"""A separation that dies when the stack of before is gone, and its data is in none yet."""
LASTING = ("case", "entry", "head", "letter", "member", "private", "setting", "site")
"""Kinds of rows that nothing but a command writes; `held` counts by others, too."""


def make_single_stack(installation: Installation) -> None:
    """an installation of before works: one stack of data and code, a file in its bucket, staff in its pool"""
    package = installation.functions.host.folder.parent / "single-package"
    with_one_stack(installation.packages.first, package)
    session = boto3.Session(region_name=REGION)
    cloud, s3 = session.client("cloudformation"), session.client("s3")
    make_secrets(session.client("ssm"), STAGE.keys)
    templates = upload(s3, package, bucket_of(account_of(session), REGION))
    url: str | None = None
    for _ in range(2):
        told = parameters(STAGE, url) | {"Paused": "no"}
        apply_change_set(cloud, STAGE.stack, templates.code, with_revision(told, templates.code))
        url = outputs(cloud, STAGE.stack)["Url"]
    protect(cloud, STAGE.stack)
    before = installation.before = installation.beside(STAGE)
    upload_lasting(s3, package, before.outputs["Statics"])
    upload_changing(s3, package, before.outputs["Statics"])
    bind(before.outputs["Table"])
    write_site(json.dumps(SITE_RECORD).encode(), "operator", "The shop opens.")
    bind(installation.outputs["Table"])
    before.complaint = complain(before, "emmy@example.com")
    upload_file(before)
    until(lambda: before.letters(before.complaint.email), "a letter leaves")
    _pool(before).invite(STAGE.parameters["FirstAdministrator"], Role)


def separate_data(installation: Installation) -> None:
    """its data gets a stack of its own: no row, file or group is lost, although the command dies halfway"""
    before, package = installation.before, installation.packages.first
    check("Table" in before.outputs, "it has no table")
    had, pool = until(lambda: _settled(before), "what follows a letter ends"), before.outputs["StaffPool"]
    _refuses(before)
    for line in before.command("-c", DIES, NAME, str(package / DATA_TEMPLATE)).splitlines():
        print(f"       {line}", flush=True)
    _refuses(before)
    before.command("-m", "infrastructure.cli.separate", NAME, "--package", str(package))
    before.refresh()
    has, lasting = _lasting(held(before)), _lasting(had)
    check(has == lasting, f"rows or files are others than before: {has}, and not {lasting}")
    check(before.outputs["StaffPool"] == pool, "the staff have another pool")
    groups = _pool(before).client.admin_list_groups_for_user(
        UserPoolId=pool, Username=STAGE.parameters["FirstAdministrator"]
    )["Groups"]
    check({group["GroupName"] for group in groups} == set(Role), f"the first administrator is in {groups}")


def go_on_with_data(installation: Installation) -> None:
    """the new code goes on with it: links of before open, letters leave, the key signs for the new roles"""
    before = installation.before
    own = f"/v1/complaints/{before.complaint.reference}"
    before.takes("GET", own, None, before.complaint.headers)
    later = complain(before, "lise@example.com")
    until(lambda: before.letters(later.email), "letters leave again")
    check(len(before.letters(before.complaint.email)) == 1, "a letter left twice")
    seal(before)


def migrate_data(installation: Installation) -> None:
    """what updates ask for is run on data from before, each once, by `make migrate`"""
    before, ssm = installation.before, boto3.client("ssm")
    note_done(ssm, STAGE.migrations, ())
    said = before.command("-m", "infrastructure.cli.migrate", NAME)
    check(all(f"{each.name}: " in said for each in MIGRATIONS), f"only this was done: {said}")
    check(not pending(done(ssm, STAGE.migrations)), "some are left")
    check(not before.command("-m", "infrastructure.cli.migrate", NAME), "they are run again")


def _refuses(before: Installation) -> None:
    """Raises `NotAsPromised` where a deployment would start with new tables."""
    try:
        before.deploy(before.packages.first)
    except CannotDeploy as error:
        check("make separate" in str(error), f"the deployment was refused otherwise: {error}")
        return
    check(False, "a deployment would have begun with new tables")


def _settled(before: Installation) -> Any:
    """What it holds, or nothing while functions still write what became of the last letter."""
    found = held(before)
    time.sleep(2)
    return found if _lasting(held(before)) == _lasting(found) else None


def _pool(before: Installation) -> Pool:
    return Pool(boto3.client("cognito-idp"), before.outputs["StaffPool"])


def _lasting(found: Any) -> Any:
    rows, files = found
    return {kind: number for kind, number in rows.items() if kind in LASTING}, files
