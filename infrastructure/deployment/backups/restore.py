"""Restoring an installation: a table as it was, in the place of the one that is damaged.

    pause ─▶ restore both tables ─▶ what left before is on record ─▶ swap ─▶ erase again
          ─▶ run the schedule ─▶ what left before is on record ─▶ state the restore ─▶ go on

Nothing is served, sent or scheduled meanwhile. Each step can be done again, so a restore that died goes on by
the same command. The table of before stays as it is.
"""

import json
import time
from collections.abc import Iterator
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any, NamedTuple

from botocore.exceptions import BotoCoreError, ClientError

from complaints.adapters.container import container
from functions.use_cases.cases.erase_again import erase_again
from functions.workers.letters.restored_letters import put_sent_on_record
from infrastructure.deployment.account import account_of, reason
from infrastructure.deployment.backups.restored_tables import (
    Origin,
    counted,
    replaced_by,
    restore_tables,
    sent_letters,
)
from infrastructure.deployment.open_container import open_to_erase
from infrastructure.deployment.stacks.data_stack import data_stack, given, installation_outputs
from infrastructure.deployment.stacks.stack import (
    apply_change_set,
    outputs,
    parameters_in_force,
    template_in_force,
    with_revision,
)
from infrastructure.deployment.stacks.upload import bucket_of, upload_template
from infrastructure.errors import CannotDeploy, NothingBegun
from infrastructure.template.versions import SHIFTS

if TYPE_CHECKING:
    import boto3
    from types_boto3_cloudformation import CloudFormationClient
    from types_boto3_dynamodb import DynamoDBClient
    from types_boto3_lambda import LambdaClient
    from types_boto3_s3 import S3Client

MOST_RUNS = 50
"""How often the schedule is run for what fell due meanwhile; what is left is worked after the restore."""


class Clients(NamedTuple):
    """The clients of AWS that a restore needs, and the bucket of packages."""

    cloud: "CloudFormationClient"
    dynamo: "DynamoDBClient"
    functions: "LambdaClient"
    s3: "S3Client"
    packages: str


def clients_of(session: "boto3.Session") -> Clients:
    """Those of the caller's account. Raises `CannotDeploy` for one who is not signed in."""
    return Clients(
        session.client("cloudformation"),
        session.client("dynamodb"),
        session.client("lambda"),
        session.client("s3"),
        bucket_of(account_of(session), session.region_name),
    )


def target_of(table: str, origin: Origin) -> str:
    """What the restored table is called: the same for the same moment or backup, so that a restore can go
    on."""
    base = table.partition("-restored-")[0]
    name = f"{origin.at:%Y%m%dT%H%M%S}" if origin.at else origin.backup.rpartition("/")[2]
    return f"{base}-restored-{name}"


def restore(clients: Clients, stack: str, origin: Origin) -> Iterator[str]:
    """Restores the installation of a stack, and says after each step what holds.

    Raises `CannotDeploy`: `NothingBegun` where it is not even paused, as there is nothing to restore.
    """
    begun = time.monotonic()
    found, used = installation_outputs(clients.cloud, stack), _used(clients, stack)
    if "Url" not in found or not used:
        raise NothingBegun(f"{stack} is not deployed.")
    target = target_of(used, origin)
    is_swapped = used == target
    force = parameters_in_force(clients.cloud, data_stack(stack))
    before = _before(clients, used, target) if is_swapped else used
    moment = origin.at or _taken_at(clients.dynamo, origin.backup)
    if origin.at and not is_swapped:
        refuse_moment(clients.dynamo, used, origin.at)
    pause(clients, stack)
    yield f"{stack} is paused: nothing is served, sent or scheduled."
    stream = restore_tables(clients.dynamo, before, target, origin, int(force.get("KeyRecoveryDays") or 7))
    held = _said(counted(clients.dynamo, target))
    yield f"{before} is restored as {target}, to {moment:%Y-%m-%dT%H:%M:%SZ}: {held}."
    open_to_erase(target, evidence=found["Evidence"], files=found["Files"])
    yield f"{_letters(clients, before)} letters that left before the restore are on record again."
    if not is_swapped:
        swap(clients, stack, target, stream)
    yield f"{stack} uses {target}."
    listed = list(erase_again(container()))
    again = [str(each) for each in listed if not each.refused]
    yield f"{len(again)} cases are erased again: {', '.join(again) or 'none'}."
    if left_over := [f"{each}: {each.refused}" for each in listed if each.refused]:
        yield f"Still to be erased, by `make erase`: {', '.join(left_over)}."
    runs = _run_schedule(clients, stack)
    left = _letters(clients, before)
    yield f"The schedule ran {runs} times; {left} letters that it called for had left before."
    _invoke(clients, f"{stack}-seal-checkpoints", {"restored": moment.isoformat()}, "Restore")
    yield "The restore is stated in the evidence bucket, and the alarm RestoreStated tells of it."
    resume(clients, stack)
    yield f"{stack} goes on after {time.monotonic() - begun:.0f} seconds; {before} stays as it is."


def refuse_moment(dynamo: "DynamoDBClient", table: str, at: datetime) -> None:
    """Raises `NothingBegun` for a moment to which DynamoDB cannot bring the table back."""
    try:
        found = dynamo.describe_continuous_backups(TableName=table)["ContinuousBackupsDescription"]
    except (BotoCoreError, ClientError) as error:
        raise NothingBegun(reason(error)) from error
    window: Any = found.get("PointInTimeRecoveryDescription", {})
    if "EarliestRestorableDateTime" not in window or "LatestRestorableDateTime" not in window:
        raise NothingBegun(f"{table} has no recovery to a moment: name the ARN of a backup.")
    first, last = window["EarliestRestorableDateTime"], window["LatestRestorableDateTime"]
    if not first <= at <= last:
        raise NothingBegun(
            f"{table} can be brought back to a moment from {first.astimezone(UTC):%Y-%m-%dT%H:%M:%SZ} to"
            f" {last.astimezone(UTC):%Y-%m-%dT%H:%M:%SZ}, and not to {at:%Y-%m-%dT%H:%M:%SZ}."
        )


def pause(clients: Clients, stack: str) -> None:
    """Lets neither schedule nor streams wake anything, and the API answer nobody. Mail waits with SNS."""
    _change(clients, stack, Paused="yes")
    for name in ("api", "take-mail"):
        clients.functions.put_function_concurrency(
            FunctionName=f"{stack}-{name}", ReservedConcurrentExecutions=0
        )


def _used(clients: Clients, stack: str) -> str:
    """The table that the functions use."""
    return parameters_in_force(clients.cloud, stack).get("Table", "")


def swap(clients: Clients, stack: str, table: str, stream: str) -> None:
    """Lets the stack of the data name this table, and so each later deployment, and the functions use it."""
    data = data_stack(stack)
    _change(clients, data, RestoredTable=table, RestoredStream=stream)
    found = outputs(clients.cloud, data)
    if found["Table"] != table:
        raise CannotDeploy(f"{data} goes on naming {found['Table']}.")
    _change(clients, stack, **given(found))


def resume(clients: Clients, stack: str) -> None:
    """Lets the installation go on: also after a restore that was given up, even in the midst of the swap."""
    in_use, data = parameters_in_force(clients.cloud, stack), data_stack(stack)
    if in_use and in_use["Table"] != outputs(clients.cloud, data)["Table"]:
        _change(clients, data, RestoredTable=in_use["Table"], RestoredStream=in_use["Stream"])
    _change(clients, stack, Paused="no")
    for name in ("api", "take-mail"):
        clients.functions.delete_function_concurrency(FunctionName=f"{stack}-{name}")


def _change(clients: Clients, stack: str, **changed: str) -> None:
    """Changes these parameters of the stack, at once and not in steps.

    The template is given again: what is left as it is, CloudFormation does not translate anew, and SAM would
    publish no version that is given these parameters (`template/versions.py`).
    """
    known = parameters_in_force(clients.cloud, stack)
    if missing := changed.keys() - known.keys():
        raise CannotDeploy(f"{stack} has no parameters {sorted(missing)}: deploy this release first.")
    if "Revision" in known and changed.items() - known.items():
        changed = with_revision({"Shift": SHIFTS[0], **changed}, known["Revision"])
    template = upload_template(clients.s3, clients.packages, template_in_force(clients.cloud, stack))
    apply_change_set(clients.cloud, stack, template, dict.fromkeys(known) | changed)


def _before(clients: Clients, table: str, target: str) -> str:
    """Which table a restore that goes on took the place of."""
    before = replaced_by(clients.dynamo, target)
    if not before:
        raise NothingBegun(f"{table} is in use already: choose another moment.")
    return before


def _taken_at(dynamo: "DynamoDBClient", backup: str) -> datetime:
    try:
        details: Any = dynamo.describe_backup(BackupArn=backup)["BackupDescription"]["BackupDetails"]
    except (BotoCoreError, ClientError) as error:
        raise NothingBegun(reason(error)) from error
    made: datetime = details["BackupCreationDateTime"]
    return made.astimezone(UTC)


def _letters(clients: Clients, before: str) -> int:
    return sum(
        1
        for _ in put_sent_on_record(
            container(), lambda reference: list(sent_letters(clients.dynamo, before, reference))
        )
    )


def _run_schedule(clients: Clients, stack: str) -> int:
    """Runs the schedule until nothing is due: what it calls for waits, as nothing is sent."""
    for run in range(1, MOST_RUNS + 1):
        worked = _invoke(clients, f"{stack}-escalate-overdue", {}, "Scheduled Event")
        if not worked.get("left"):
            return run
    return MOST_RUNS


def _invoke(clients: Clients, function: str, detail: dict[str, str], kind: str) -> Any:
    event = {
        "version": "0",
        "id": "1",
        "account": "0",
        "region": "-",
        "time": f"{datetime.now(UTC):%Y-%m-%dT%H:%M:%SZ}",
        "source": "operator",
        "resources": [],
        "detail-type": kind,
        "detail": detail,
    }
    answer = clients.functions.invoke(FunctionName=function, Payload=json.dumps(event).encode())
    said = json.loads(answer["Payload"].read() or b"{}")
    if answer.get("FunctionError"):
        raise CannotDeploy(f"{function} failed: {said}")
    return said or {}


def _said(counts: dict[str, int]) -> str:
    return ", ".join(f"{count} {kind}" for kind, count in counts.items()) or "no items"
