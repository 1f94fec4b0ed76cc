"""The steps that set a site up, and which are done: read off its settings, so that each can be left and found
again."""

from collections.abc import Collection
from enum import StrEnum
from typing import NamedTuple

from complaints.case.correspondence.letterhead import PLAIN
from complaints.settings.setting import Setting, SettingKind
from complaints.site.site import SiteRecord, Texts
from complaints.values.people import Invitation, Member


class Step(StrEnum):
    """What is to be done, in the order in which it is offered."""

    ORGANISATION = "organisation"
    HOURS = "hours"
    PROMISES = "promises"
    TEAM = "team"
    CATEGORIES = "categories"
    WORDS = "words"
    LOOK = "look"
    TEST = "test"


class SetupStep(NamedTuple):
    """A step and whether it is done."""

    step: Step
    is_done: bool


def setup_steps(site: str, settings: Collection[Setting], *, has_complaint: bool) -> tuple[SetupStep, ...]:
    """The steps of a site among all settings; `has_complaint` says that a complaint was sent to it."""
    mine = {each.kind: each for each in settings if each.id == site and not isinstance(each.record, Member)}

    def changed(kind: SettingKind, since: int = 0) -> bool:
        return kind in mine and mine[kind].version > since

    known = mine.get(SettingKind.SITE)
    profile = known.record if known and isinstance(known.record, SiteRecord) else None
    words = mine.get(SettingKind.TEXTS)
    texts = words.record if words and isinstance(words.record, Texts) else Texts()
    members = [each.record for each in settings if isinstance(each.record, Member)]
    done = {
        Step.ORGANISATION: profile is not None and profile.contact is not None,
        Step.HOURS: (profile is not None and profile.windows is not None) or changed(SettingKind.CALENDAR),
        Step.PROMISES: changed(SettingKind.PACKS, since=1),
        Step.TEAM: sum(member.serves(site) for member in members) > 1 or _is_somebody_invited(site, settings),
        Step.CATEGORIES: changed(SettingKind.CODES),
        Step.WORDS: bool(texts.introduction or texts.notice),
        Step.LOOK: texts.letterhead != PLAIN,
        Step.TEST: has_complaint,
    }
    return tuple(SetupStep(step, done[step]) for step in Step)


def _is_somebody_invited(site: str, settings: Collection[Setting]) -> bool:
    """Whether somebody was invited to the site who has not come yet."""
    invited = (each.record for each in settings if isinstance(each.record, Invitation))
    return any(each.state == "open" and site in each.sites for each in invited)
