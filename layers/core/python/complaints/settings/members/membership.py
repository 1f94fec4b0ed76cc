"""Members of staff: added, changed, deactivated at once, and their cases handed over."""

from collections.abc import Iterable, Iterator

from msgspec.structs import replace

from complaints.case.fact import Fact
from complaints.settings import validation
from complaints.settings.events import CasesHandedOver, MemberActivated, MemberChanged, MemberDeactivated
from complaints.settings.member_commands import ActivateMember, ChangeMember, DeactivateMember, FinishHandover
from complaints.settings.setting import Setting
from complaints.settings.settings_context import SettingsContext
from complaints.values.codes import Codes
from complaints.values.errors import AlreadySo, Invalid, NotFound, Wrong
from complaints.values.people import Absence, Member, Role
from complaints.values.text.mailbox import mailbox_digest
from complaints.values.text.normalization import match_key

MOST_MAILBOXES = 100
"""How many former ones of a member are known."""

_LOOK_ALIKE = str.maketrans(
    "\u0430\u0441\u0435\u04bb\u0456\u0458\u043a\u043c\u043e\u0440"
    "\u051b\u0455\u0442\u0475\u051d\u0445\u0443\u0501\u0432\u043d"
    "\u03b1\u03b2\u03b9\u03ba\u03bf\u03c1\u03c4\u03c5\u03bd\u03c7\u03b3\u03b5\u03b7",
    "acehijkmopqstvwxydbhabikoptuvxyen",
)
"""Small letters of Cyrillic and Greek that look like a Latin one, also as capitals."""


def change(setting: Setting, command: ChangeMember, context: SettingsContext) -> list[Fact]:
    """Adds a member, or changes what one may do and where. Raises `Invalid`, `NotYourSite`."""
    before = setting.record if isinstance(setting.record, Member) else None
    after = Member(
        id=setting.id,
        name=command.name,
        email=command.email or "",
        roles=command.roles,
        sites=command.sites,
        active=before.active if before else True,
        digest=command.digest,
        away=command.away,
        sensitive=command.sensitive,
        former_mailboxes=_left(before, command.email or ""),
    )
    wrong = set(_wrong(before, after, context))
    if wrong:
        raise Invalid(*sorted(wrong))
    context.must_serve(sites_of_change(before, after))
    return [
        MemberChanged(
            at=context.now,
            by=context.by,
            reason=command.reason,
            name=after.name,
            email=after.email,
            roles=after.roles,
            sites=after.sites,
            hands_over=_loses_cases(before, after),
            digest=after.digest,
            away=after.away,
            sensitive=after.sensitive,
        )
    ]


def deactivate(setting: Setting, command: DeactivateMember, context: SettingsContext) -> list[Fact]:
    """Deactivates a member: nothing is allowed from now on. Members cannot deactivate themselves. Raises
    `Invalid`, `AlreadySo`, `NotYourSite`."""
    member = _member(setting)
    if not member.active:
        raise AlreadySo
    if context.by.id == setting.id:
        raise Invalid(Wrong("", "yourself"))
    if _was_last_administrator(member, replace(member, active=False), context):
        raise Invalid(Wrong("", "last-administrator"))
    context.must_serve(member.sites)
    return [MemberDeactivated(at=context.now, by=context.by, reason=command.reason)]


def activate(setting: Setting, command: ActivateMember, context: SettingsContext) -> list[Fact]:
    """Activates a member again. Raises `AlreadySo`, `NotYourSite`."""
    member = _member(setting)
    if member.active:
        raise AlreadySo
    context.must_serve(member.sites)
    return [MemberActivated(at=context.now, by=context.by, reason=command.reason)]


def finish_handover(setting: Setting, command: FinishHandover, context: SettingsContext) -> list[Fact]:
    """Notes that no case is left that must be left; nothing, where that is known."""
    return [CasesHandedOver(at=context.now, by=context.by)] if setting.unfinished else []


def changed(setting: Setting, fact: MemberChanged) -> Setting:
    before = setting.record if isinstance(setting.record, Member) else None
    member = Member(
        id=setting.id,
        name=fact.name,
        email=fact.email,
        roles=fact.roles,
        sites=fact.sites,
        active=before.active if before else True,
        digest=fact.digest,
        away=fact.away,
        sensitive=fact.sensitive,
        former_mailboxes=_left(before, fact.email),
    )
    since = fact.at if fact.hands_over else setting.unfinished
    return replace(setting, record=member, unfinished=since)


def deactivated(setting: Setting, fact: MemberDeactivated) -> Setting:
    return replace(setting, record=replace(_member(setting), active=False), unfinished=fact.at)


def activated(setting: Setting, fact: MemberActivated) -> Setting:
    return replace(setting, record=replace(_member(setting), active=True))


def handed_over(setting: Setting, fact: CasesHandedOver) -> Setting:
    return replace(setting, unfinished=None)


def _wrong(before: Member | None, after: Member, context: SettingsContext) -> Iterator[Wrong]:
    if after.email:
        yield from validation.wrong_addresses({"email": after.email})
    if before is None and context.by.kind == "staff" and is_taken(after.id, context):
        yield Wrong("/id", "too-alike")
    if after.id == context.by.id and Role.ADMIN not in after.roles:
        yield Wrong("/roles", "yourself")
    elif _was_last_administrator(before, after, context):
        yield Wrong("/roles", "last-administrator")
    if _clears_alone(before, after, context):
        yield Wrong("/sensitive", "second-administrator")
    if _is_custodian_alone(before, after, context):
        yield Wrong("/roles", "custodian-by-another")
    if _protects_data_alone(before, after, context):
        yield Wrong("/roles", "privacy-by-another")
    touched = set(after.sites).symmetric_difference(before.sites if before else ())
    for key in sorted(touched):
        if context.serves is not None and key not in context.serves:
            yield Wrong("/sites", "not-your-site")
    others = [member for member in context.members if member.id != after.id]
    if after.away and (before is None or after.away != before.away):
        takes_requests = any(
            after.handles(key) and site.takes_data_requests for key, site in context.sites.items()
        )
        yield from _wrong_absence(after.away, after, others, takes_requests=takes_requests)
    for key, site in context.sites.items():
        was_one = before is not None and validation.is_reviewer(before, key)
        if was_one and site.always_approve and not validation.has_reviewer((after, *others), key):
            yield Wrong("/roles", "no-reviewer")
        was_cleared = was_one and before is not None and before.sensitive
        is_needed = was_cleared and bool(context.codes.get(key, Codes()).sensitive)
        if is_needed and not validation.has_cleared_reviewer((after, *others), key):
            yield Wrong("/sensitive", "no-cleared-reviewer")
        had_one = before is not None and validation.handles_data_requests((before,), key)
        is_left = validation.handles_data_requests((after, *others), key)
        if had_one and site.takes_data_requests and not is_left:
            yield Wrong("/roles", "nobody-for-requests")


def sites_of_change(before: Member | None, after: Member) -> set[str]:
    """Where a change gives or takes something: mail address, roles and clearance hold at all sites of a
    member."""
    if before is None:
        return set(after.sites)
    held, holds = ((each.email, {*each.roles}, each.sensitive) for each in (before, after))
    return {*before.sites, *after.sites} if held != holds else {*before.sites} ^ {*after.sites}


def brings_more(member: Member, roles: Iterable[Role], sites: Iterable[str]) -> bool:
    """Whether a member who comes to further sites would have there what nobody there gave: another role than
    these, or a clearance."""
    is_more = member.sensitive or not set(member.roles).issubset(roles)
    return is_more and not set(sites).issubset(member.sites)


def _wrong_absence(
    away: Absence, member: Member, others: Iterable[Member], *, takes_requests: bool
) -> Iterator[Wrong]:
    """Who stands in sees what the member has: sensitive cases, and requests about data if the member may have
    any."""
    if away.until < away.since:
        yield Wrong("/away/until", "ends-before-it-begins")
    stand_in = next((other for other in others if other.id == away.stand_in), None)
    if stand_in is None or not any(stand_in.handles(site) for site in member.sites):
        yield Wrong("/away/stand_in", "cannot-stand-in")
    elif (member.sensitive and not stand_in.sensitive) or (
        takes_requests and member.sees_data_requests and not stand_in.sees_data_requests
    ):
        yield Wrong("/away/stand_in", "not-cleared")
    elif stand_in.away and stand_in.away.overlaps(away):
        yield Wrong("/away/stand_in", "away-too")


def _loses_cases(before: Member | None, after: Member) -> bool:
    """Whether cases must be left: of a site, or the sensitive ones."""
    if before is None:
        return False
    is_less_cleared = (before.sensitive and not after.sensitive) or (
        before.sees_data_requests and not after.sees_data_requests
    )
    return any(before.handles(site) and (is_less_cleared or not after.handles(site)) for site in before.sites)


def _member(setting: Setting) -> Member:
    if not isinstance(setting.record, Member):
        raise NotFound
    return setting.record


def is_taken(name: str, context: SettingsContext) -> bool:
    """Whether a person would take the name for another member's, as `deniz` for `Deniz`, or one with a letter
    of another alphabet that looks the same."""
    like = _looks(name)
    return any(_looks(member.id) == like for member in context.members if member.id != name)


def _looks(name: str) -> str:
    """What is seen of a name."""
    return match_key(name).translate(_LOOK_ALIKE)


def _clears_alone(before: Member | None, after: Member, context: SettingsContext) -> bool:
    """Whether a member clears themselves for sensitive cases, and another administrator could do it."""
    is_cleared_now = after.sensitive and not (before and before.sensitive)
    return is_cleared_now and is_own(after, context) and has_another_administrator(context)


def _is_custodian_alone(before: Member | None, after: Member, context: SettingsContext) -> bool:
    """Whether members make themselves custodians: whoever opens identities was named by somebody else."""
    was_one = before is not None and Role.CUSTODIAN in before.roles
    return is_own(after, context) and Role.CUSTODIAN in after.roles and not was_one


def _protects_data_alone(before: Member | None, after: Member, context: SettingsContext) -> bool:
    """Whether a member takes the role that sees requests about data, and another administrator could give
    it."""
    was_one = before is not None and Role.PRIVACY in before.roles
    is_one_now = Role.PRIVACY in after.roles and not was_one
    return is_one_now and is_own(after, context) and has_another_administrator(context)


def is_own(account: Member, context: SettingsContext) -> bool:
    """Whether an account is of the member who asks: by its id, or by a mailbox that both have or had."""
    if context.by.kind != "staff":
        return False
    me = next((member for member in context.members if member.id == context.by.id), None)
    return account.id == context.by.id or (me is not None and me.is_same_person(account))


def has_another_administrator(context: SettingsContext) -> bool:
    """Whether somebody besides the member who asks could decide it."""
    return any(_administers(member) and not is_own(member, context) for member in context.members)


def _left(before: Member | None, email: str) -> tuple[str, ...]:
    """The mailboxes that a member had before one gets this mail address: the last ones of very many."""
    if before is None or before.email == email or not before.email:
        return before.former_mailboxes if before else ()
    return tuple(dict.fromkeys((*before.former_mailboxes, mailbox_digest(before.email))))[-MOST_MAILBOXES:]


def _was_last_administrator(before: Member | None, after: Member, context: SettingsContext) -> bool:
    """Whether nobody administers the installation after a change; the operator can name somebody else."""
    if before is None or not _administers(before) or _administers(after) or context.by.kind == "operator":
        return False
    return not any(_administers(member) for member in context.members if member.id != after.id)


def _administers(member: Member) -> bool:
    return member.active and Role.ADMIN in member.roles
