"""The stack of the data: no deployment of code touches it, and it outlives that of the code."""

from typing import Any

import boto3
from botocore.exceptions import ClientError

from infrastructure.cli.deploy import parameters
from infrastructure.deployment.account import account_of
from infrastructure.deployment.backups.restored_tables import counted
from infrastructure.deployment.migrations import MIGRATIONS, done, note_done, pending
from infrastructure.deployment.stacks.data_stack import bring_data, data_stack
from infrastructure.deployment.stacks.upload import bucket_of, upload
from infrastructure.rehearsal.installation import Installation, check, until
from infrastructure.rehearsal.steps.complaint import complain
from infrastructure.rehearsal.steps.deployment import STAFF, changes
from infrastructure.rehearsal.steps.evidence import seal

BUCKETS = ("Files", "Evidence", "Exports")


def data_stands(installation: Installation) -> Any:
    """All that was ever changed of the stack of the data, and when it was last."""
    name = data_stack(installation.stage.stack)
    found = boto3.client("cloudformation").describe_stacks(StackName=name)["Stacks"][0]
    return found.get("LastUpdatedTime"), found["StackStatus"], changes(name)


def ask_for_no_change(installation: Installation) -> None:
    """the change set of the stack of the data is empty, and the stack refuses to be deleted"""
    session = boto3.Session(region_name=installation.stage.region)
    cloud, name = session.client("cloudformation"), installation.stage.stack
    bucket = bucket_of(account_of(session), installation.stage.region)
    templates = upload(session.client("s3"), installation.packages.first, bucket)
    told = parameters(installation.stage, installation.url)
    before = data_stands(installation)
    _, is_changed = bring_data(cloud, name, templates.data, told)
    check(not is_changed and data_stands(installation) == before, "something was changed")
    try:
        cloud.delete_stack(StackName=data_stack(name))
    except ClientError:
        return
    check(False, "the stack of the data can be deleted")


def make_code_anew(installation: Installation) -> None:
    """the stack of the code is deleted, the data stays whole, and what is made anew goes on with it"""
    cloud, name = boto3.client("cloudformation"), installation.stage.stack
    stood, had = data_stands(installation), held(installation)
    letters = len(installation.letters(installation.complaint.email))
    cloud.update_termination_protection(StackName=name, EnableTerminationProtection=False)
    cloud.delete_stack(StackName=name)
    cloud.get_waiter("stack_delete_complete").wait(StackName=name, WaiterConfig={"Delay": 1})
    check(not boto3.client("lambda").list_functions()["Functions"], "functions are left")
    check(data_stands(installation) == stood, "the stack of the data was touched")
    check(held(installation) == had, "data is gone")
    installation.deploy(installation.packages.first)
    check(data_stands(installation) == stood, "the stack of the data was touched as the code was made anew")
    case = f"/v1/desk/complaints/{installation.complaint.reference}"
    staff = installation.staff(STAFF)
    check(installation.takes("GET", f"{case}/audit", None, staff)["verifies"], "the record does not verify")
    later = complain(installation, "anew@example.com")
    until(lambda: installation.letters(later.email), "letters leave again")
    check(len(installation.letters(installation.complaint.email)) == letters, "a letter left twice")
    seal(installation)


def held(installation: Installation) -> Any:
    """The rows of the table by kind, and what lies in each bucket."""
    s3 = boto3.client("s3")
    files = {
        bucket: sorted(
            (each["Key"], each["ETag"])
            for page in s3.get_paginator("list_objects_v2").paginate(Bucket=installation.outputs[bucket])
            for each in page.get("Contents", [])
        )
        for bucket in BUCKETS
    }
    return counted(boto3.client("dynamodb"), installation.outputs["Table"]), files


def migrate_data(installation: Installation) -> None:
    """what updates ask for is run on data from before, each once, by `make migrate`"""
    ssm, stage = boto3.client("ssm"), installation.stage
    note_done(ssm, stage.migrations, ())
    said = installation.command("-m", "infrastructure.cli.migrate", stage.name)
    check(all(f"{each.name}: " in said for each in MIGRATIONS), f"only this was done: {said}")
    check(not pending(done(ssm, stage.migrations)), "some are left")
    again = installation.command("-m", "infrastructure.cli.migrate", stage.name)
    check("Nothing is left" in again, f"they are run again: {again}")
