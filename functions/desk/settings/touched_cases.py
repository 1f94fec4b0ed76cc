"""How many open cases a change of a setting touches, so that whoever makes it knows: one read for a page."""

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, NamedTuple

from complaints.reporting.list_rows import AWAITING, OPEN, RESPONDED
from complaints.reporting.metrics.work_counts import loads, total
from complaints.settings.setting import Setting, SettingKind
from complaints.values.codes import CodeList
from complaints.values.people import Member

if TYPE_CHECKING:
    from complaints.adapters.container import Container


OF_SITE, OF_CODE, OF_MEMBER, AWAITING_APPROVAL = "site", "code", "member", "approval"

TOUCHED: Mapping[str, str] = {
    "site.organisation": OF_SITE,
    "site.hours": OF_SITE,
    "site.intake": OF_SITE,
    "site.law": OF_SITE,
    "site.decisions": AWAITING_APPROVAL,
    "calendar.put_day": OF_SITE,
    "calendar.remove_day": OF_SITE,
    "packs.change": OF_SITE,
    "packs.migrate": OF_SITE,
    "codes.put": OF_CODE,
    "member.change": OF_MEMBER,
    "member.deactivate": OF_MEMBER,
}
"""The forms whose change touches open cases, or leaves them as they are, and which cases these are."""

OF_A_SITE = (
    SettingKind.SITE,
    SettingKind.CALENDAR,
    SettingKind.PACKS,
    SettingKind.CODES,
    SettingKind.AUTOMATION,
)


class TouchedCases(NamedTuple):
    """`words` end the msgid of the sentence that says how many there are."""

    words: str
    number: int


def touched_cases(deps: "Container", setting: Setting, chosen: Mapping[str, Any]) -> dict[str, TouchedCases]:
    """The numbers of a setting by the names of its forms; none where older cases are not counted yet.

    All cases are counted, also those that are not there for the reader: a number names none of them.
    """
    forms = {name: words for name, words in TOUCHED.items() if name.startswith(f"{setting.kind}.")}
    counts = counts_of(deps, setting, chosen) if forms else {}
    if OF_CODE not in counts:
        forms = {name: OF_SITE if words == OF_CODE else words for name, words in forms.items()}
    return {name: TouchedCases(words, counts[words]) for name, words in forms.items() if words in counts}


def counts_of(deps: "Container", setting: Setting, chosen: Mapping[str, Any] | None = None) -> dict[str, int]:
    """How many open cases there are, by what they are open at: the site of a setting, its `chosen` category,
    a member, or an approval."""
    if setting.kind in OF_A_SITE:
        return _of_site(deps, setting.site, chosen or {})
    return _of_member(deps, setting.record) if isinstance(setting.record, Member) else {}


def _of_site(deps: "Container", site: str, chosen: Mapping[str, Any]) -> dict[str, int]:
    today = deps.sites.terms(site).today(deps.now())
    counted = deps.counters.home(site, today)
    if not counted.is_whole:
        return {}
    work = total(loads(counted.work, {}, today).values())
    counts = {OF_SITE: work.open + work.awaiting + work.responded, AWAITING_APPROVAL: work.approvals}
    if chosen.get("list") == CodeList.CATEGORIES and "code" in chosen:
        counts[OF_CODE] = sum(
            number
            for key, number in counted.work.items()
            if key.day is None
            and key.value.partition(":")[0] in (OPEN, AWAITING, RESPONDED)
            and chosen["code"] in key.categories.split("|")
        )
    return counts


def _of_member(deps: "Container", member: Member) -> dict[str, int]:
    counted = deps.counters.of_owners(member.sites, (member.id,))
    if counted is None:
        return {}
    work = counted[member.id]
    return {OF_MEMBER: work.open + work.awaiting + work.responded}
