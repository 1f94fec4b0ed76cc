"""Makes the first administrator of an installation, so that somebody can set it up in a browser."""

from typing import TYPE_CHECKING

from complaints.context.ports import Claims
from complaints.settings.member_commands import (
    ChangeMember,
)
from complaints.settings.setting import Setting, SettingKind
from complaints.settings.settings_context import SettingsContext
from complaints.values.people import Actor, Role

if TYPE_CHECKING:
    from complaints.adapters.container import Container


DEPLOYMENT = Actor("operator", "deployment")


def is_first(deps: "Container", found: Claims) -> bool:
    """Whether this is the person whom the operator named, and nobody is a member yet."""
    return is_named(deps.settings.first_administrator, found) and not deps.members.all()


def is_named(named: str, found: Claims) -> bool:
    """Whether the operator named this person, by the id at the provider or by an address that it vouches for.
    Capitals of an address count for nothing: an operator types others than the provider knows."""
    return bool(named) and (named == found.subject or named.casefold() == found.email.casefold())


def add(deps: "Container", found: Claims, language: str) -> None:
    """Makes this person a member with every role, so that one person can begin alone; what somebody may do
    is still capped by the roles that the provider names."""
    change = ChangeMember(
        name=found.name or found.subject,
        email=found.email or None,
        roles=tuple(Role),
        reason=deps.catalogues.text(language, "site_setup.first_administrator"),
    )
    nobody = Setting(kind=SettingKind.MEMBER, id=found.subject)
    context = SettingsContext(now=deps.now(), by=DEPLOYMENT, shipped_data=deps.shipped_data)
    deps.settings_service.carry_out(nobody, change, context)
