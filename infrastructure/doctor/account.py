"""The account and the stack: clock, state, quotas, keys, alarms. Each judges what AWS answered."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from typing import Any

from infrastructure.doctor.line import Line, State, choice, later, well, wrong
from infrastructure.template.permissions.secrets import PURPOSES

MOST_SECONDS_APART = 60
"""AWS refuses signatures that are five minutes old, and so would a complainant's proof of work be."""
LEAST_CONCURRENCY = 100
"""New accounts have 10, which a handful of visitors and the schedule use up; the usual quota is 1,000."""
FULLY_LOADED = ("CREATE_COMPLETE", "UPDATE_COMPLETE", "UPDATE_ROLLBACK_COMPLETE", "IMPORT_COMPLETE")
NEVER_STOOD = ("ROLLBACK_COMPLETE", "ROLLBACK_FAILED", "CREATE_FAILED")
PENDING = "PendingConfirmation"
"""What SNS has in place of an ARN until the address confirmed (ListSubscriptionsByTopic)."""


def clock(here: datetime, there: str) -> Line:
    """This machine's moment beside the `Date` of an answer of AWS (RFC 9110, 6.6.1)."""
    apart = abs((here - parsedate_to_datetime(there).astimezone(UTC)).total_seconds())
    if apart <= MOST_SECONDS_APART:
        return well("This machine's clock is right.")
    return wrong(
        f"This machine's clock is {apart:.0f} seconds off: AWS refuses what it signs.", "set it by NTP."
    )


def stack(name: str, status: str | None) -> Line:
    """The stack's state in CloudFormation, or None where there is none."""
    if status is None:
        return later(f"There is no stack {name} yet: `make deploy` makes it.")
    if status in FULLY_LOADED:
        return well(f"The stack {name} stands ({status}).")
    if status in NEVER_STOOD:
        command = f"aws cloudformation delete-stack --stack-name {name}"
        return wrong(f"The first deployment of {name} failed ({status}).", f"`{command}`, then deploy again.")
    if status.endswith("IN_PROGRESS"):
        return later(f"The stack {name} is being changed ({status}).")
    return wrong(
        f"The stack {name} is stuck ({status}).", "look at its events in the CloudFormation console."
    )


def single(name: str) -> Line:
    """A stack of before there were two, which no deployment updates (`data_stack.py`)."""
    return wrong(
        f"The stack {name} holds its data itself, as no release did: nothing updates it.",
        "deploy to a stage of another name, and bring the cases over by its exports.",
    )


def protected(stands: Line, name: str, *, is_protected: bool) -> Line:
    """The stack of the data, of which `stack` said that it `stands`: it refuses to be deleted."""
    if is_protected or stands.state is not State.WELL:
        return stands
    return wrong(f"The stack {name} can be deleted by mistake.", "`make deploy` protects it.")


def keys(prefix: str, held: Collection[str], *, is_deployed: bool) -> Line:
    """The installation's own keys, by the names of the parameters below `prefix`."""
    missing = [purpose for purpose in PURPOSES if f"{prefix}/{purpose}" not in held]
    if not missing:
        return well(f"All {len(PURPOSES)} keys stand below {prefix}.")
    if not is_deployed:
        return later(f"The first deployment makes the keys below {prefix}.")
    named = ", ".join(missing)
    return wrong(
        f"Keys are missing below {prefix}: {named}.",
        "`make deploy` makes them anew; what the old ones signed or sealed is then lost, so look first"
        " whether a copy is left.",
    )


def migrations(left: Sequence[str], stage: str, *, is_deployed: bool) -> Line:
    """What an update asked for on older data and is not done, by name (`deployment/migrations.py`)."""
    if not is_deployed:
        return later("A new installation has no data to migrate.")
    if not left:
        return well("All data is as this release would write it.")
    return wrong(f"Older data is not migrated: {', '.join(left)}.", f"`make migrate STAGE={stage}`.")


def copies(bucket: str, versioning: str | None, key: str, region: str) -> Line:
    """The bucket to which files are copied: what S3 says of its versions (GetBucketVersioning), and its key's
    ARN beside the region of the stack."""
    if not bucket:
        return choice(
            "`FileCopies` names no bucket elsewhere: with the region all files are lost (docs/backup.md)."
        )
    name = bucket.rpartition(":")[2]
    if versioning != "Enabled":
        return wrong(
            f"S3 copies no files into {name}: it keeps no versions.",
            f"`aws s3api put-bucket-versioning --bucket {name} --versioning-configuration Status=Enabled`.",
        )
    if f":{region}:" in key:
        return wrong(
            f"The key of the copies is in {region}, as the files are: the region takes both with it.",
            "name a bucket and a key of another region.",
        )
    return well(f"Files are copied to {name}.")


COSTS = {
    "copies of tables": ("BackupCopies", "with the region or the account every complaint is lost"),
    "API's own address": ("OriginSecret", "who finds it goes around CloudFront and what limits floods there"),
    "public address": ("SyntheticSite", "no alarm rings where DNS or CloudFront keep people away"),
}
"""What may be left out, by the name of its check: its parameter, and what that costs."""


def left_out(parameter: str, value: str, cost: str) -> Line:
    """What an installation may do without."""
    return well(f"`{parameter}` is set.") if value else choice(f"`{parameter}` is left out: {cost}.")


def escrow(changed: datetime | None, copied: datetime | None, stage: str) -> Line:
    """When keys were last changed, and when `make backup` last copied them for somebody to keep."""
    mend = f"`make backup STAGE={stage} ESCROW=<certificate>`."
    if copied is None:
        return choice(f"No copy of the keys is kept, and lost with them is every link in a letter. {mend}")
    if changed and changed > copied:
        return wrong(f"Keys were changed since they were copied on {copied:%Y-%m-%d}.", mend)
    return well(f"All keys were copied on {copied:%Y-%m-%d}.")


def concurrency(limit: int) -> Line:
    """How many functions of the account run at once at most (GetAccountSettings)."""
    if limit >= LEAST_CONCURRENCY:
        return well(f"Up to {limit:,} functions run at once in this account and region.")
    return wrong(
        f"Only {limit} functions run at once in this account and region.",
        "ask for 1,000 in Service Quotas: Lambda, *Concurrent executions* (L-B99A9384). It costs nothing.",
    )


def alarm_address(address: str, topic: str | None, subscriptions: Iterable[Mapping[str, Any]]) -> Line:
    """Whether somebody reads the alarms: the subscriptions of their topic, which is None before there is
    one."""
    if not address:
        return wrong(
            "Nobody is told of alarms.", "name an `AlarmAddress` in the stage file, which somebody reads."
        )
    if topic is None:
        return later(f"SNS will ask {address} to confirm that it wants the alarms.")
    found = [each for each in subscriptions if each["Endpoint"].casefold() == address.casefold()]
    if any(each["SubscriptionArn"] not in (PENDING, "Deleted") for each in found):
        return well(f"{address} is told of alarms.")
    if found:
        return wrong(
            f"{address} has not confirmed that it wants the alarms.", "open the link in SNS's mail to it."
        )
    return wrong(
        f"{address} is not subscribed to the alarms: the mail of SNS was not answered in time, or left.",
        f"aws sns subscribe --topic-arn {topic} --protocol email --notification-endpoint {address}",
    )


def gateway_logs(*, is_set_by_stack: bool, role: str) -> Line:
    """The account's role for API Gateway's logs, or nothing: without it no stage can be made that logs."""
    if is_set_by_stack or role:
        return well("API Gateway has a role for its logs, or gets one from the stack.")
    return wrong(
        "API Gateway has no role for its logs, and the stage file says that the stack sets none.",
        'say `GatewayLogs = "yes"`.',
    )
