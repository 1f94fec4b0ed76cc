"""`python -m infrastructure.operate STAGE site|member FILE`: writes a site or a member of staff.

A deployed installation knows nobody: its first site and its first administrator are written so, by whom AWS
lets write to the table. FILE is JSON with the fields of `complaints.site.Site` or `complaints.people.Member`;
the same key or id again replaces what is there.
"""

import argparse
import json
import os
import sys
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import boto3
import msgspec
from botocore.exceptions import BotoCoreError, ClientError

from complaints.packs import PackRefused
from complaints.people import Member
from complaints.refusals import Unavailable
from complaints.site import Site
from complaints.world.members import DynamoMembers
from complaints.world.sites import DynamoSites
from complaints.world.table import bind
from complaints.zones import UnknownZone
from infrastructure.deployment.refusal import CannotDeploy
from infrastructure.deployment.stack import outputs
from infrastructure.deployment.stage_file import read_stage


def write_site(text: bytes) -> str:
    """Write the site that `text` describes to the bound table, and say so. Raises `CannotDeploy`."""
    site = read(text, Site)
    try:
        DynamoSites(lambda: datetime.now(UTC)).save(site)
    except (LookupError, PackRefused, UnknownZone) as error:
        raise CannotDeploy(f"The site names something that does not exist: {error}") from error
    return f"The site {site.key} is written, and {'open' if site.is_open else 'closed'}."


def write_member(text: bytes) -> str:
    """Write the member that `text` describes to the bound table, and say so. Raises `CannotDeploy`."""
    member = read(text, Member)
    DynamoMembers().save(member)
    return f"{member.id} is a member with the roles {', '.join(member.roles)} at {', '.join(member.sites)}."


def read(text: bytes, kind: type[Any]) -> Any:
    """The value that `text` describes. Raises `CannotDeploy` for a field that is wrong or does not exist."""
    try:
        value = msgspec.json.decode(text, type=kind)
    except msgspec.DecodeError as error:
        raise CannotDeploy(f"The file does not describe a {kind.__name__.lower()}: {error}") from error
    if unknown := json.loads(text).keys() - set(kind.__struct_fields__):
        raise CannotDeploy(f"A {kind.__name__.lower()} has no field {', '.join(sorted(unknown))}.")
    return value


WRITERS = {"site": write_site, "member": write_member}


def open_table(stage_name: str) -> None:
    """Bind the models to the table of a stage. Raises `CannotDeploy` where it is not deployed."""
    stage = read_stage(stage_name)
    os.environ["AWS_DEFAULT_REGION"] = stage.region
    found = outputs(boto3.client("cloudformation"), stage.stack)
    if "Table" not in found:
        raise CannotDeploy(f"{stage.stack} is not deployed in {stage.region}.")
    bind(found["Table"])


def main() -> None:
    """Write what the command line names."""
    arguments = argparse.ArgumentParser(prog="python -m infrastructure.operate")
    arguments.add_argument("stage")
    arguments.add_argument("kind", choices=sorted(WRITERS))
    arguments.add_argument("file", type=Path)
    wanted = arguments.parse_args()
    try:
        text = wanted.file.read_bytes()
        open_table(wanted.stage)
        print(WRITERS[wanted.kind](text))
    except (CannotDeploy, OSError, BotoCoreError, ClientError, Unavailable) as error:
        sys.exit(f"Nothing was written. {error}")


if __name__ == "__main__":
    main()
