"""Writes a site, a member or a promise pack: `python -m infrastructure.cli.admin STAGE KIND FILE REASON`.

A new installation has no members: its first site and its first administrator are written by this command. AWS
decides who may write to the table, and the history holds the AWS name of that person. KIND is `site`,
`member` or `pack`; FILE is JSON with the fields of `complaints.site.site.Site` or
`complaints.values.people.Member`, or a pack file. An existing one is changed to what FILE says.
"""

import argparse
import json
import os
import secrets
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Annotated, Any

import boto3
import msgspec
from botocore.exceptions import BotoCoreError, ClientError

from complaints.adapters.config.shipped_data import ShippedData
from complaints.adapters.config.system_clock import SystemClock
from complaints.adapters.dynamodb.table import bind
from complaints.adapters.i18n.catalogues import Catalogues
from complaints.adapters.stores.settings.settings_store import DynamoSettingsStore
from complaints.settings.importing.provisioning import Provisioning
from complaints.settings.service import SettingsService
from complaints.settings.settings_context import SettingsContext, among
from complaints.site.site import Site
from complaints.values.errors import Invalid, Unavailable
from complaints.values.people import Actor, Member
from infrastructure.deployment.account import reason, session_in
from infrastructure.deployment.stacks.data_stack import deployed_outputs
from infrastructure.deployment.stage_file import read_stage
from infrastructure.errors import CannotDeploy

LOCALES = Path(__file__).parents[2] / "templates/locale"


def write_site(text: bytes, operator: str, reason: str) -> str:
    """Write the site that `text` describes to the bound table, and say so. Raises `CannotDeploy`."""
    site = read(text, Site)
    with _naming_what_is_wrong():
        _enrolment().site(site, _surroundings(operator), reason)
    return f"The site {site.key} is written, and {'open' if site.is_open else 'closed'}."


def write_member(text: bytes, operator: str, reason: str) -> str:
    """Write the member that `text` describes to the bound table, and say so. Raises `CannotDeploy`."""
    member = read(text, Member)
    with _naming_what_is_wrong():
        _enrolment().member(member, _surroundings(operator), reason)
    return f"{member.id} is a member with the roles {', '.join(member.roles)} at {', '.join(member.sites)}."


def write_pack(text: bytes, operator: str, reason: str) -> str:
    """Write the promise pack of a file to the bound table, under its own id. Raises `CannotDeploy`."""
    try:
        name = msgspec.json.decode(text, type=_File).packs[0].id
    except msgspec.DecodeError as error:
        raise CannotDeploy(f"The file does not describe a pack: {error}") from error
    with _naming_what_is_wrong():
        _enrolment().pack(name, json.loads(text), _surroundings(operator), reason)
    return f"The pack {name} is written; sites that name it promise by it."


class _Named(msgspec.Struct):
    id: str


class _File(msgspec.Struct):
    """As much of a file as tells whose it is; the rule judges all of it."""

    packs: Annotated[tuple[_Named, ...], msgspec.Meta(min_length=1)]


def _enrolment() -> Provisioning:
    settings_store = DynamoSettingsStore()
    return Provisioning(SettingsService(settings_store, secrets.token_bytes), settings_store)


def _surroundings(operator: str) -> SettingsContext:
    shipped_data = ShippedData(Catalogues(LOCALES))
    by = Actor("operator", operator)
    return among(DynamoSettingsStore().all(), now=SystemClock().now(), by=by, shipped_data=shipped_data)


@contextmanager
def _naming_what_is_wrong() -> Iterator[None]:
    try:
        yield
    except Invalid as invalid:
        named = ", ".join(f"{wrong.pointer} ({wrong.code})" for wrong in invalid.errors)
        raise CannotDeploy(f"The file says what cannot be: {named}.") from invalid


def read(text: bytes, kind: type[Any]) -> Any:
    """The value that `text` describes. Raises `CannotDeploy` for a field that is wrong or does not exist."""
    try:
        value = msgspec.json.decode(text, type=kind)
    except msgspec.DecodeError as error:
        raise CannotDeploy(f"The file does not describe a {kind.__name__.lower()}: {error}") from error
    if unknown := json.loads(text).keys() - set(kind.__struct_fields__):
        raise CannotDeploy(f"A {kind.__name__.lower()} has no field {', '.join(sorted(unknown))}.")
    return value


WRITERS = {"site": write_site, "member": write_member, "pack": write_pack}


def open_table(stage_name: str) -> boto3.Session:
    """Bind the models to the table of a stage; answers with who asked for it, once: a profile may ask for a
    code of a second factor for each session. Raises `CannotDeploy` where it is not deployed."""
    stage = read_stage(stage_name)
    os.environ["AWS_DEFAULT_REGION"] = stage.region
    session = session_in(stage.region)
    bind(deployed_outputs(session.client("cloudformation"), stage)["Table"])
    return session


def main() -> None:
    """Write what the command line names."""
    arguments = argparse.ArgumentParser(prog="python -m infrastructure.cli.admin")
    arguments.add_argument("stage")
    arguments.add_argument("kind", choices=sorted(WRITERS))
    arguments.add_argument("file", type=Path)
    arguments.add_argument("reason", help="why: the history keeps it")
    options = arguments.parse_args()
    try:
        text = options.file.read_bytes()
        operator = open_table(options.stage).client("sts").get_caller_identity()["Arn"]
        print(WRITERS[options.kind](text, operator, options.reason))
    except (CannotDeploy, OSError, BotoCoreError, ClientError, Unavailable) as error:
        sys.exit(f"Nothing was written. {reason(error)}")


if __name__ == "__main__":
    main()
