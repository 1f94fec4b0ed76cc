"""What an administrator asks for. The fields are those that a request carries; each says why."""

from datetime import date, datetime
from typing import Annotated, Any, ClassVar, Literal

from msgspec import Meta, Struct

from complaints.calendars.site_holidays import DecreedDay, RemovedDay, TimeOfDay
from complaints.case.correspondence.letterhead import PLAIN, Letterhead
from complaints.settings.setting import SettingKind, Team
from complaints.site.site import MOST_TRANSACTIONS, HandlingProfile, Month
from complaints.values.casework.automation import AutomationRule
from complaints.values.casework.macros import MacroStep
from complaints.values.casework.retention import CountedFrom, KeptData, RetentionBasis
from complaints.values.casework.standard_texts import StandardWording, TextUse
from complaints.values.codes import CodeList, Label
from complaints.values.field_types import (
    CodeName,
    Country,
    CurrencyText,
    Language,
    LongText,
    Outcome,
    ShortText,
    Text,
)
from complaints.values.own_fields import FieldType, OwnField
from complaints.values.people import Role

CHANGE, ADD = "change", "add"

FileId = Annotated[str, Meta(pattern=r"^[0-9a-f]{32}$(?!\n)")]
"""The name of an uploaded file, as the place that was offered for it says."""


class Asked(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Something asked for, and why."""

    kind: ClassVar[SettingKind]
    verb: ClassVar[str]
    reason: Text


class ChangeSite(HandlingProfile, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """The site with what changes; what is not named stays."""

    kind: ClassVar[SettingKind] = SettingKind.SITE
    verb: ClassVar[str] = CHANGE
    reason: Text


class PutChecklist(Asked, frozen=True, kw_only=True):
    """Writes the checklist of a `category`, or that of every complaint, anew; without `items` it is removed.

    Each item is a line: in how many days it is due, a colon, and what is to be done.
    """

    kind = SettingKind.SITE
    verb = "put_checklist"
    category: CodeName | None = None
    items: tuple[Text, ...] = ()


class PutTransactions(Asked, frozen=True, kw_only=True):
    """Says how many transactions a site had in a month, such as orders, contracts or visits; without a number
    it is not known any more. Complaints are told per thousand of them."""

    kind = SettingKind.SITE
    verb = "put_transactions"
    month: Month
    number: Annotated[int, Meta(ge=0, le=MOST_TRANSACTIONS)] | None = None


class PutRetention(Asked, frozen=True, kw_only=True):
    """Says how long `data` that people gave is kept in ended cases of a `category`, or of every other;
    without `months` there is no such rule any more. For thirty days, what the rules kept before is kept."""

    kind = SettingKind.SITE
    verb = "put_retention"
    data: KeptData
    category: CodeName | None = None
    months: Annotated[int, Meta(ge=1, le=1200)] | None = None
    counted_from: CountedFrom | None = None
    basis: RetentionBasis | None = None
    source: ShortText | None = None


class AddSite(Asked, frozen=True, kw_only=True):
    """Adds a site with what it needs to take complaints; all else is as usual until it is changed.

    Whoever adds it serves it from then on.
    """

    kind = SettingKind.SITE
    verb = ADD
    name: ShortText
    language: Language
    languages: tuple[Language, ...]
    zone: ShortText
    holidays: ShortText
    currency: CurrencyText = "EUR"
    country: Country | None = None
    origins: tuple[ShortText, ...] = ()
    team: ShortText
    manager: ShortText


class RotateSecret(Asked, frozen=True, kw_only=True):
    """Gives the webhook of a site another secret; the previous one signs too for a day."""

    kind = SettingKind.SITE
    verb = "rotate"


class ChangeTeam(Team, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Changes the addresses and hours of the team of a site."""

    kind: ClassVar[SettingKind] = SettingKind.TEAM
    verb: ClassVar[str] = CHANGE
    reason: Text


class CodePut(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A code that is added, or what changes of one that there is."""

    list: CodeList
    code: CodeName
    labels: dict[Language, Label] | None = None
    state: Literal["draft", "offered", "retired"] | None = None
    like: Outcome | None = None
    topic: CodeName | None = None
    product: CodeName | None = None
    sensitive: bool | None = None
    dangerous: bool | None = None
    sealed: bool | None = None


class CodeGone(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Deletes a draft."""

    list: CodeList
    code: CodeName


class ChangeCodes(Asked, frozen=True, kw_only=True):
    """Adds codes to lists of a site, changes or retires them."""

    kind = SettingKind.CODES
    verb = CHANGE
    put: tuple[CodePut, ...] = ()
    remove: tuple[CodeGone, ...] = ()


class PutCode(Asked, frozen=True, kw_only=True):
    """Adds one code to a list, or changes it: what is not named stays."""

    kind = SettingKind.CODES
    verb = "put"
    list: CodeList
    code: CodeName
    labels: dict[Language, Label] | None = None
    state: Literal["draft", "offered", "retired"] | None = None
    like: Outcome | None = None
    is_sensitive: bool | None = None
    is_dangerous: bool | None = None
    is_sealed: bool | None = None


class MapReturn(Asked, frozen=True, kw_only=True):
    """Says what own codes are in one `grouping` of a regulator's return; what is not named is as the return
    itself says.

    `codes` are the regulator's codes by those of the site, with `none` for a case without one.
    """

    kind = SettingKind.CODES
    verb = "map_return"
    name: ShortText
    grouping: ShortText
    codes: dict[CodeName, ShortText] = {}


class ChangeTexts(Asked, frozen=True, kw_only=True):
    """Changes the words and the look of the letters and pages of a site."""

    kind = SettingKind.TEXTS
    verb = CHANGE
    introduction: dict[Language, LongText] = {}
    notice: dict[Language, LongText] = {}
    blocks: dict[CodeName, dict[Language, Text]] = {}
    letterhead: Letterhead = PLAIN
    letters: dict[CodeName, dict[Language, str]] = {}


class PutWording(Asked, frozen=True, kw_only=True):
    """Writes a site's own words for one `place` of its letters; without `texts` there are none any more.

    A place is a kind of letter, which gets a paragraph after the greeting, or the id of a paragraph that
    promise packs ask for, which has these words in place of the usual ones.
    """

    kind = SettingKind.TEXTS
    verb = "put_wording"
    place: CodeName
    texts: dict[Language, Text] = {}


class PutEnclosure(Asked, frozen=True, kw_only=True):
    """Brings the file, in one language, that goes with letters where a promise pack asks for this `block`.

    `file` is the id of one that was uploaded, a PDF, and `name` what it is called. Without both, the one that
    is there goes with no further letter.
    """

    kind = SettingKind.TEXTS
    verb = "put_enclosure"
    block: CodeName
    language: Language
    name: ShortText | None = None
    file: FileId | None = None


class ChangePacks(Asked, frozen=True, kw_only=True):
    """Says by which promise packs a site promises; `seen` are those whose warnings were read."""

    kind = SettingKind.PACKS
    verb = CHANGE
    packs: tuple[ShortText, ...]
    seen: tuple[ShortText, ...] = ()


class MigratePacks(Asked, frozen=True, kw_only=True):
    """Lets open clocks of a `pack` go over to the version that is in force now."""

    kind = SettingKind.PACKS
    verb = "migrate"
    pack: ShortText


class ChangeCalendar(Asked, frozen=True, kw_only=True):
    """The decreed days of a site, all of them."""

    kind = SettingKind.CALENDAR
    verb = CHANGE
    days: tuple[DecreedDay, ...] = ()
    removed: tuple[RemovedDay, ...] = ()


class PutDay(Asked, frozen=True, kw_only=True):
    """Adds a day off to the site's own calendar, or changes one; with `closed_from` only from then on."""

    kind = SettingKind.CALENDAR
    verb = "put_day"
    on: date
    names: dict[Language, ShortText]
    closed_from: TimeOfDay | None = None


class RemoveDay(Asked, frozen=True, kw_only=True):
    """Makes a day off a working day: one of the site's own, or one of the national calendar."""

    kind = SettingKind.CALENDAR
    verb = "remove_day"
    on: date


class ChangeFields(Asked, frozen=True, kw_only=True):
    """The own fields of a site, all of them in their order."""

    kind = SettingKind.FIELDS
    verb = CHANGE
    fields: tuple[OwnField, ...] = ()


class PutField(Asked, frozen=True, kw_only=True):
    """Adds one own field to the end, or changes it: what is not named stays.

    `choices` are texts by language, with a line for each choice: its code, a colon, and its words. A choice
    that no line names is retired.
    """

    kind = SettingKind.FIELDS
    verb = "put_field"
    code: CodeName
    type: FieldType | None = None
    labels: dict[Language, Label] | None = None
    is_required: bool | None = None
    is_retired: bool | None = None
    categories: tuple[CodeName, ...] | None = None
    choices: dict[Language, LongText] | None = None


class ChangeStandardText(Asked, frozen=True, kw_only=True):
    """Adds a standard text, or says what changes of one."""

    kind = SettingKind.STANDARD_TEXT
    verb = CHANGE
    title: Label
    use: TextUse
    texts: dict[Language, StandardWording]
    roles: tuple[Role, ...] = ()
    retired: bool = False


class ChangeMacro(Asked, frozen=True, kw_only=True):
    """Adds a macro, or says what changes of one."""

    kind = SettingKind.MACRO
    verb = CHANGE
    title: Label
    steps: tuple[MacroStep, ...]
    roles: tuple[Role, ...] = ()
    retired: bool = False


class ChangeAutomation(AutomationRule, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Adds an automation rule, or says what changes of one. It holds for what happens from then on."""

    kind: ClassVar[SettingKind] = SettingKind.AUTOMATION
    verb: ClassVar[str] = CHANGE
    reason: Text


class ChangePack(Asked, frozen=True, kw_only=True):
    """A promise pack of the operator's own: all its versions, as a file of format 1."""

    kind = SettingKind.PACK
    verb = CHANGE
    file: dict[str, Any]


class NoteRecalculated(Struct, frozen=True, kw_only=True):
    """Records that the promises of a site's cases were recalculated for the change made at `since`: of
    all, or of those `up_to` a place. Only the machine sends it."""

    kind: SettingKind
    since: datetime
    up_to: str | None = None


class TellOfPacks(Struct, frozen=True, kw_only=True):
    """Writes to the administrators of a site of `versions` that follow on those of its packs, by the names of
    the packs. Only the machine sends it."""

    kind: ClassVar[SettingKind] = SettingKind.PACKS
    versions: dict[str, int]
