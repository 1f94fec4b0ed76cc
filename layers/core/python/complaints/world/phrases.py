"""What templates say by: words, dates, money and places in the reader's language.

Each speaks the `language` of the template's context, and gives the times of its `zone`. In an HTML
template values are escaped and times are `<time>` elements; in a text template both are bare.
"""

from datetime import date, datetime, timedelta
from decimal import Decimal
from functools import cache, lru_cache
from zoneinfo import ZoneInfo

from babel import Locale
from babel.dates import format_timedelta, get_timezone_location
from babel.numbers import format_currency
from babel.units import format_unit
from jinja2 import pass_context
from jinja2.runtime import Context
from markupsafe import Markup, escape

from complaints.codes import CodeList
from complaints.letter import Block, Letter, Promise
from complaints.letter_blocks import UNNAMED
from complaints.own_words import paragraphs, values_of
from complaints.pack_format import ExternalBody
from complaints.site import Site
from complaints.words import Remedy
from complaints.world.catalogues import Catalogues
from complaints.world.spoken import Spoken

_KEPT = 4_096
_HOUR = 3_600


class Phrases:
    """The functions and filters of every template; they take the words from `catalogues`."""

    def __init__(self, catalogues: Catalogues) -> None:
        self._catalogues = catalogues
        self._spoken = Spoken(catalogues)
        # A page says some two hundred texts, most of them without a value: they are made once.
        self._pattern = lru_cache(maxsize=_KEPT)(self._read)
        self._finished = lru_cache(maxsize=_KEPT)(lambda *which: self._pattern(*which) % {})

    @pass_context
    def say(self, context: Context, msgid: str, /, **values: object) -> str:
        """A text of the catalogues. Raises `LookupError` for a msgid or value that is missing."""
        which = context["language"], msgid, _is_html(context)
        return self._pattern(*which) % values if values else self._finished(*which)

    def _read(self, language: str, msgid: str, is_html: bool) -> str:
        pattern = self._catalogues.pattern(language, msgid)
        return escape(pattern) if is_html else pattern

    @pass_context
    def count(self, context: Context, msgid: str, n: float, /) -> str:
        """A text of the catalogues in the plural form of `n`."""
        return self._catalogues.count(context["language"], msgid, n)

    @pass_context
    def moment(self, context: Context, at: datetime | str) -> str:
        """An instant (a text is RFC 3339) in words, with its weekday."""
        at = datetime.fromisoformat(at) if isinstance(at, str) else at
        zone = ZoneInfo(context["zone"])
        local = at.astimezone(zone)
        return _time(context, local.isoformat(), self._spoken.moment(context["language"], local))

    @pass_context
    def dated(self, context: Context, at: datetime) -> str:
        """The date of an instant in words, with its weekday."""
        return self.day(context, at.astimezone(ZoneInfo(context["zone"])).date())

    @pass_context
    def day(self, context: Context, on: date) -> str:
        """A date in words, with its weekday."""
        return _time(context, on.isoformat(), self._spoken.day(context["language"], on))

    @pass_context
    def distance(self, context: Context, at: datetime, now: datetime) -> str:
        """How far an instant is from now, in words: `in 3 days`, `2 hours ago`."""
        seconds = round((at - now).total_seconds())
        return _distance(context["language"], seconds if abs(seconds) < _HOUR else seconds // 60 * 60)

    @pass_context
    def lasting(self, context: Context, length: timedelta) -> str:
        """A length of time in words: `2 hours`."""
        return format_timedelta(length, threshold=1, locale=_locale(context))

    @pass_context
    def money(self, context: Context, amount: str, currency: str) -> str:
        """A decimal text as money."""
        return self.isolated(context, format_currency(Decimal(amount), currency, locale=_locale(context)))

    @pass_context
    def place(self, context: Context, zone: str) -> str:
        """The city that a time zone is named after."""
        return get_timezone_location(zone, locale=_locale(context), return_city=True)

    @pass_context
    def weight(self, context: Context, size: int) -> str:
        """A number of bytes in kilobytes or megabytes, never as nothing."""
        unit, each = ("megabyte", 1_000_000) if size >= 1_000_000 else ("kilobyte", 1_000)
        number = max(round(size / each, 1), 0.1)
        return format_unit(number, f"digital-{unit}", "short", locale=_locale(context))

    @pass_context
    def isolated(self, context: Context, value: str) -> str:
        """Something that is read from left to right wherever it stands."""
        return Markup('<bdi dir="ltr">{}</bdi>').format(value) if _is_html(context) else value

    @pass_context
    def apart(self, context: Context, value: str) -> str:
        """Something that is read in its own direction wherever it stands: a name, an address, a date."""
        return Markup("<bdi>{}</bdi>").format(value) if _is_html(context) else value

    @pass_context
    def _whereabouts(self, context: Context, body: ExternalBody) -> str:
        """The name of a body outside and its web page, for the end of a line."""
        name = self.apart(context, body.name)
        if not body.url:
            return name
        address = self.isolated(context, body.url)
        if _is_html(context):
            address = Markup('<a href="{}" rel="noreferrer">{}</a>').format(body.url, address)
        return self.say(context, "words.format.pair", first=name, then=address)

    @pass_context
    def asked_for(self, context: Context, block: Block, site: Site) -> str:
        """The paragraph that a promise pack asks for, in the site's own words where it has some."""
        own = site.texts.blocks.get(block.words.removesuffix(UNNAMED), {})
        if context["language"] in own:
            return own[context["language"]]
        values = {
            "body": block.body and self._whereabouts(context, block.body),
            "due": block.due and self.moment(context, block.due),
        }
        return self.say(context, f"mail.block.{block.words}", **values)

    @pass_context
    def promised(self, context: Context, promise: Promise, now: datetime) -> str:
        """How a promise stands at `now` that is not kept yet: due with its reason, paused or missed."""
        match promise:
            case Promise(paused_since=datetime() as since):
                return self.say(context, "words.promised.paused", since=self.moment(context, since))
            case Promise(due=datetime() as due) if due >= now:
                why = self._catalogues.why(context["language"], promise.amount, promise.unit, promise.added)
                return self.say(context, "words.promised.due", when=self.moment(context, due), why=why)
            case Promise(due=datetime() as due):
                return self.say(context, "words.promised.missed", when=self.moment(context, due))
        raise ValueError("a promise that is not paused falls due")

    @pass_context
    def left_out(self, context: Context, promise: Promise, now: datetime) -> str:
        """The holidays that did not count for a promise that is still ahead at `now`; often none."""
        ahead = promise.due is not None and promise.due >= now
        return self._spoken.left_out(context["language"], promise.left_out) if ahead else ""

    @pass_context
    def remedied(self, context: Context, remedy: Remedy, site: Site) -> str:
        """What is done to put things right, in the site's words, with the money and the date."""
        own = site.codes.label(CodeList.REMEDIES, remedy.kind, context["language"], site.language)
        said = own or self.say(context, f"words.remedy.{remedy.kind}")
        if remedy.amount:
            money = self.money(context, remedy.amount, remedy.currency or site.currency)
            said = self.say(context, "words.remedied.amount", what=said, money=money)
        if remedy.by:
            day = self.day(context, remedy.by)
            said = self.say(context, "words.remedied.by", what=said, day=day)
        return said

    @pass_context
    def acted(self, context: Context, action: str, site: Site) -> str:
        """A corrective action in the site's words."""
        own = site.codes.label(CodeList.ACTIONS, action, context["language"], site.language)
        return own or self.say(context, f"words.action.{action}")

    @pass_context
    def own_words(self, context: Context, letter: Letter, site: Site, name: str | None) -> list[str]:
        """The paragraphs that the site adds to letters of a kind, in the language of the letter."""
        text = site.texts.letters.get(letter.kind, {}).get(context["language"])
        if text is None:
            return []
        values = {
            named: self.apart(context, value if isinstance(value, str) else self.moment(context, value))
            for named, value in values_of(letter, name=name, site=site.name).items()
        }
        joined = (Markup() if _is_html(context) else "").join
        return [joined(paragraph) for paragraph in paragraphs(text, values)]


def direction(language: str) -> str:
    """How a language is written: `ltr` or `rtl`."""
    return Locale.parse(language, sep="-").text_direction


def _locale(context: Context) -> Locale:
    return _locale_of(context["language"])


@cache
def _locale_of(language: str) -> Locale:
    return Locale.parse(language, sep="-")


@lru_cache(maxsize=_KEPT)
def _distance(language: str, seconds: int) -> str:
    return format_timedelta(
        timedelta(seconds=seconds), add_direction=True, threshold=1, locale=_locale_of(language)
    )


def _is_html(context: Context) -> bool:
    return bool(context.eval_ctx.autoescape)


def _time(context: Context, machine: str, words: str) -> str:
    return Markup('<time datetime="{}">{}</time>').format(machine, words) if _is_html(context) else words
