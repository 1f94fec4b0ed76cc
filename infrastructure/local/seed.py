"""What a local run starts with: four sites, and members of staff who may do everything anywhere."""

from collections.abc import Sequence
from pathlib import Path

import msgspec

from complaints.adapters.container import Container
from complaints.settings.commands import ChangePack
from complaints.settings.importing.provisioning import Provisioning
from complaints.settings.members.invitations import is_for_address
from complaints.settings.setting import SettingKind
from complaints.settings.settings_context import SettingsContext, among
from complaints.site.site import Site
from complaints.values.directory import DirectoryAccount, DirectoryUser
from complaints.values.people import Actor, Invitation, Member, Role
from infrastructure.local.oidc import email

FIRST_ADMINISTRATOR = "Sam"
"""Who sets an empty run up."""
ORIGINS = ("http://127.0.0.1:*", "http://localhost:*")
STAFF = ("Deniz", "Robin", "Kim", "Sam")
REASON = "The local run began without it."


def seed(world: Container) -> None:
    """Adds what is missing; what is there stays as it was left."""
    known = {site.key for site in world.sites.all()}
    for site in sites():
        if site.key not in known:
            for name in site.own:
                bring(world, name)
            enrolment(world).site(site, surroundings(world), REASON)
    for name in STAFF:
        welcome(world, name)


def bring(world: Container, name: str) -> None:
    """Makes the promises of that name, which a site of the local run has of its own."""
    file = msgspec.json.decode(Path(__file__).with_name("promises").joinpath(f"{name}.json").read_bytes())
    setting = world.settings_store.load(SettingKind.PACK, name)
    world.settings_service.carry_out(setting, ChangePack(file=file, reason=REASON), surroundings(world))


def welcome(world: Container, name: str, at: Sequence[str] | None = None) -> None:
    """Makes the member of that name if there is none, and nobody invited the person: any role, any site or
    the named ones; a token's role caps it."""
    if world.members.find(name) is None and not _is_invited(world, name):
        keys = tuple(site.key for site in sites()) if at is None else tuple(at)
        member = Member(id=name, name=name, email=email(name), roles=tuple(Role), sites=keys)
        enrolment(world).member(member, surroundings(world), REASON)


def _is_invited(world: Container, name: str) -> bool:
    """Whether somebody is to become a member by signing in."""
    joining = [each.record for each in world.settings_store.people()]
    address = email(name)
    people = [each.user if isinstance(each, DirectoryAccount) else each for each in joining]
    return any(
        is_for_address(each, address) for each in people if isinstance(each, Invitation | DirectoryUser)
    )


def enrolment(world: Container) -> Provisioning:
    """Who writes sites and members of a local run."""
    return Provisioning(world.settings_service, world.settings_store)


def surroundings(world: Container) -> SettingsContext:
    """What a change is judged by that the local run makes."""
    by = Actor("operator", "local run")
    return among(world.settings_store.all(), now=world.now(), by=by, shipped_data=world.shipped_data)


def sites() -> list[Site]:
    """The sites of a local run. Their pages may be served from this machine, by any name and port it has. All
    members have every role there, so that one alone shows what else takes a second one who protects data."""
    shipped = msgspec.json.decode(Path(__file__).with_name("sites.json").read_bytes(), type=list[Site])
    return [msgspec.structs.replace(site, origins=ORIGINS, privacy_approval=False) for site in shipped]
