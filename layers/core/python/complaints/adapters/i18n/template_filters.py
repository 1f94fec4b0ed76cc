"""What templates say by: words, dates, money and places in the reader's language.

Each speaks one language, and gives the times of the `zone` of the template's context. In an HTML template
values are escaped and times are `<time>` elements; in a text template both are bare.
"""

import re
from collections.abc import Iterable, Mapping
from datetime import date, datetime, timedelta
from decimal import Decimal
from functools import cache, lru_cache
from zoneinfo import ZoneInfo

from babel import Locale
from babel.dates import format_timedelta, get_month_names
from babel.numbers import format_currency
from babel.units import format_unit
from jinja2 import pass_context, pass_eval_context
from jinja2.nodes import EvalContext
from jinja2.runtime import Context
from markupsafe import Markup, escape

from complaints.adapters.i18n.catalogues import Catalogues
from complaints.adapters.i18n.date_formats import DateFormats
from complaints.case.correspondence.letter import Block, Letter, Promise
from complaints.delivery.reply_address import BORDER
from complaints.letters.content.blocks import ENCLOSED, UNNAMED, text_of
from complaints.letters.content.custom_paragraphs import paragraphs, values_of
from complaints.promise_packs.schema import ExternalBody
from complaints.site.site import Site
from complaints.values.codes import CodeList
from complaints.values.field_types import Remedy

_CACHE_SIZE = 4_096
_HOUR, _DAY = 3_600, 86_400
_LETTERS = "mail/"
"""What the names of the templates of letters begin with."""

_QUOTATION = re.compile(rf"^((?:>.*(?:\n|\Z)){{4,}})|^([^\w\n>]{{0,9}}{BORDER}(?s:.)*)", re.MULTILINE)
"""Four lines with the mark of a quotation (RFC 3676, 4.5) or more, as a person may mark a list so; or a
letter of ours, to the end."""

_TELEPHONE = re.compile(r"(?<![\w+-])(?<!\d )(?:\+|0|\(0)[\d\u00a0 ()-]{5,18}\d(?![\w-])")
"""A number as people write it, which begins with its country (+90 …) or with a nought."""


class TemplateFilters:
    """The functions and filters of every template in a `language`; they take the words from `catalogues`.

    `say` takes no context, so that a text without a value is said once, when its template is compiled.
    """

    def __init__(self, catalogues: Catalogues, language: str) -> None:
        self._catalogues = catalogues
        self._language = language
        self._locale = Locale.parse(language, sep="-")
        self._spoken = DateFormats(catalogues)
        self._pattern = lru_cache(maxsize=_CACHE_SIZE)(self._read)
        self._finished = lru_cache(maxsize=_CACHE_SIZE)(self._finish)
        self._told = lru_cache(maxsize=_CACHE_SIZE)(self._tell)

    @pass_eval_context
    def say(self, place: EvalContext, msgid: str, /, *parts: object, **values: object) -> str:
        """A text of the catalogues; a msgid may come in parts. Raises `LookupError` for a msgid or value that
        is missing."""
        for part in parts:
            msgid = f"{msgid}{part}"
        if not values:
            return self._finished(msgid, place.autoescape)
        pattern = self._pattern(msgid, place.autoescape)
        if not place.autoescape:
            return pattern % values
        # A `Markup` would say the same, and wrap each value in an object of its own first.
        return Markup(pattern % {name: escape(value) for name, value in values.items()})  # noqa: S704

    def _read(self, msgid: str, is_html: bool) -> str:
        """A pattern with its placeholders open, for HTML without a sign that would be read as markup."""
        pattern = self._catalogues.pattern(self._language, msgid)
        return str(escape(pattern)) if is_html else pattern

    def _finish(self, msgid: str, is_html: bool) -> str:
        text = self._pattern(msgid, is_html) % {}
        return Markup(text) if is_html else text  # noqa: S704  # escaped as it was read

    def count(self, msgid: str, n: float, /) -> str:
        """A text of the catalogues in the plural form of `n`."""
        return self._catalogues.count(self._language, msgid, n)

    @pass_context
    def moment(self, context: Context, at: datetime | str) -> str:
        """An instant (a text is RFC 3339) in words, with its weekday."""
        return self._told(at, context["zone"], _is_html(context))

    def _tell(self, at: datetime | str, zone: str, is_html: bool) -> str:
        at = datetime.fromisoformat(at) if isinstance(at, str) else at
        local = at.astimezone(ZoneInfo(zone))
        return _time(local.isoformat(), self._spoken.moment(self._language, local), is_html=is_html)

    @pass_context
    def dated(self, context: Context, at: datetime | str) -> str:
        """The date of an instant (a text is RFC 3339) in words, with its weekday."""
        at = datetime.fromisoformat(at) if isinstance(at, str) else at
        return self.day(context, at.astimezone(ZoneInfo(context["zone"])).date())

    @pass_context
    def day(self, context: Context, on: date) -> str:
        """A date in words, with its weekday."""
        return _time(on.isoformat(), self._spoken.day(self._language, on), is_html=_is_html(context))

    @pass_context
    def distance(self, context: Context, at: datetime, now: datetime) -> str:
        """How far an instant is from now, in words: `in 3 days`, `2 hours ago`. Days are the calendar's:
        tomorrow evening is a day away, seen from this morning."""
        seconds = round((at - now).total_seconds())
        if abs(seconds) >= _DAY:
            zone = ZoneInfo(context["zone"])
            seconds = (at.astimezone(zone).date() - now.astimezone(zone).date()).days * _DAY
        return _distance(self._language, seconds if abs(seconds) < _HOUR else seconds // 60 * 60)

    @pass_context
    def due(self, context: Context, at: datetime, now: datetime, is_overdue: bool) -> str:
        """When something falls due in a row of a list, of an HTML template: a word, of which the class says
        the shape, and the instant itself where it is looked for."""
        zone = ZoneInfo(context["zone"])
        local = at.astimezone(zone)
        days = (local.date() - now.astimezone(zone).date()).days
        if is_overdue:
            words = self.say(context.eval_ctx, "queues.overdue", time=self.lasting(context, now - at))
        elif at >= now and days <= 1:
            clock = self._spoken.time(self._language, local)
            words = self.say(context.eval_ctx, f"queues.{'tomorrow' if days else 'today'}", time=clock)
        else:
            words = self.distance(context, at, now)
        state = " late" if is_overdue else "" if days else " soon"
        moment = self._spoken.moment(self._language, local)
        return Markup(
            '<time class="due{}" datetime="{}" title="{}">{}<span class="unseen">, {}</span></time>'
        ).format(state, local.isoformat(timespec="minutes"), moment, words, moment)

    @pass_context
    def short_day(self, context: Context, at: datetime, now: datetime) -> str:
        """The date of an instant as narrow as a column is, of an HTML template: `9 Nov`, and with its year
        where this is another one. The whole date stands where it is looked for."""
        zone = ZoneInfo(context["zone"])
        local = at.astimezone(zone)
        month = _short_months(self._language)[local.month]
        words = self.say(context.eval_ctx, "words.format.date", day=local.day, month=month)
        if local.year != now.astimezone(zone).year:
            words = Markup("{} {}").format(words, local.year)
        day = local.date()
        return Markup('<time datetime="{}" title="{}">{}</time>').format(
            day, self._spoken.day(self._language, day), words
        )

    @pass_context
    def lasting(self, context: Context, length: timedelta) -> str:
        """A length of time in words: `2 hours`."""
        return format_timedelta(length, threshold=1, locale=self._locale)

    @pass_context
    def money(self, context: Context, amount: str, currency: str) -> str:
        """A decimal text as money."""
        return self.isolated(context, format_currency(Decimal(amount), currency, locale=self._locale))

    @pass_context
    def place(self, context: Context, zone: str) -> str:
        """The city that a time zone is named after."""
        return self._spoken.city(self._language, zone)

    @pass_context
    def weight(self, context: Context, size: int) -> str:
        """A number of bytes in kilobytes or megabytes, never as nothing."""
        unit, each = ("megabyte", 1_000_000) if size >= 1_000_000 else ("kilobyte", 1_000)
        number = max(round(size / each, 1), 0.1)
        return format_unit(number, f"digital-{unit}", "short", locale=self._locale)

    @pass_context
    def isolated(self, context: Context, value: str) -> str:
        """Something that is read from left to right wherever it stands."""
        return _set_apart(context, value, "ltr")

    @pass_context
    def apart(self, context: Context, value: str) -> str:
        """Something that is read in its own direction wherever it stands: a name, an address, a date."""
        return _set_apart(context, value)

    def by_country(self, calendars: Iterable[tuple[str, str]]) -> list[tuple[str, list[str]]]:
        """The codes of holiday calendars to choose from, by the name of their country: that of the whole
        country first, then those of its parts."""
        names = self._locale.territories
        found: dict[str, list[str]] = {}
        for code, _ in sorted(calendars):
            country = code.partition("-")[0]
            found.setdefault(names.get(country, country), []).append(code)
        return sorted(found.items(), key=lambda each: each[0].casefold())

    def telephone_links(self, text: str) -> Markup:
        """A text that people wrote for a page: each telephone number is a link that dials it (RFC 3966)."""
        parts: list[Markup] = []
        end = 0
        for found in _TELEPHONE.finditer(text):
            digits = re.sub(r"[^+0-9]", "", found.group())
            link = Markup('<a href="tel:{}"><bdi dir="ltr">{}</bdi></a>').format(digits, found.group())
            parts += escape(text[end : found.start()]), link
            end = found.end()
        return Markup().join([*parts, escape(text[end:])])

    @staticmethod
    def folds(text: str) -> list[tuple[str, str]]:
        """What a person wrote by mail, in its order: as it is (""), or a quotation, which is folded
        ("closed"). A letter of ours without marks stays unfolded ("open"): an answer may stand in it."""
        found = _QUOTATION.split(text)
        if not any(sign.isalnum() for sign in "".join(found[::3])):
            return [("", text)]
        kinds = ((place, ("", "closed", "open")[place % 3]) for place in range(len(found)))
        return [(kind, found[place].strip("\n")) for place, kind in kinds if found[place]]

    @staticmethod
    def filled(text: Markup, /, **values: object) -> Markup:
        """A part of a page, in one pass, with a value in each place `<?name?>` that has one. What people
        wrote has no such places: it is escaped by then."""
        known = {name: escape(value) for name, value in values.items()}
        first, *others = str(text).split("<?")
        parts = [first]
        for each in others:
            name, _, after = each.partition("?>")
            parts += (known[name], after) if name in known else ("<?", each)
        return Markup("".join(parts))  # noqa: S704  # its values are escaped here

    @pass_context
    def _whereabouts(self, context: Context, body: ExternalBody) -> str:
        """The name of a body outside and its web page, for the end of a line."""
        name = self.apart(context, body.name)
        if not body.url:
            return name
        address = self.isolated(context, body.url)
        if _is_html(context):
            address = Markup('<a href="{}" rel="noreferrer">{}</a>').format(body.url, address)
        return self.say(context.eval_ctx, "words.format.pair", first=name, then=address)

    @pass_context
    def asked_for(self, context: Context, block: Block, site: Site) -> str:
        """The paragraph that a promise pack asks for: in the site's own words where it has some, else in
        those that the rule prescribes. In another language these follow the translation."""
        own = site.texts.blocks.get(block.words.removesuffix(UNNAMED), {})
        if self._language in own:
            return own[self._language]
        if self._language in block.prescribed:
            return block.prescribed[self._language]
        values = {
            "body": block.body and self._whereabouts(context, block.body),
            "due": block.due and self.moment(context, block.due),
            "stage": block.stage,
            "telephone": site.telephone and self.isolated(context, site.telephone),
        }
        ending = ENCLOSED if block.enclosed else ""
        text = self.say(context.eval_ctx, f"mail.block.{text_of(block.words)}{ending}", **values)
        for exact in block.prescribed.values():
            exact_text = self.apart(context, exact)
            text = self.say(context.eval_ctx, "mail.block.prescribed", said=text, exact=exact_text)
        return text

    @pass_context
    def promised(self, context: Context, promise: Promise, now: datetime) -> str:
        """The state at `now` of an open promise: due with its reason, paused or missed."""
        match promise:
            case Promise(paused_since=datetime() as since):
                return self.say(context.eval_ctx, "words.promised.paused", since=self.moment(context, since))
            case Promise(due=datetime() as due) if due >= now:
                why = self._catalogues.why(self._language, promise.amount, promise.unit, promise.added)
                return self.say(
                    context.eval_ctx, "words.promised.due", when=self.moment(context, due), why=why
                )
            case Promise(due=datetime() as due):
                return self.say(context.eval_ctx, "words.promised.missed", when=self.moment(context, due))
        raise ValueError("a promise that is not paused falls due")

    @pass_context
    def left_out(self, context: Context, promise: Promise, now: datetime) -> list[tuple[str, str]]:
        """The holidays that did not count for a promise that is still ahead at `now`, after words for them:
        often none. Those after its end are why it ends earlier."""
        if promise.due is None or promise.due < now:
            return []
        last = promise.due.astimezone(ZoneInfo(context["zone"])).date()
        before = [day for day in promise.left_out if day.on <= last]
        said = (("left_out", before), ("earlier", promise.left_out[len(before) :]))
        return [
            (self.say(context.eval_ctx, f"words.{msgid}"), self._spoken.left_out(self._language, days))
            for msgid, days in said
            if days
        ]

    @pass_context
    def remedied(self, context: Context, remedy: Remedy, site: Site) -> str:
        """What is done to put things right, in the site's words, with the money and the date."""
        own = site.codes.label(CodeList.REMEDIES, remedy.kind, self._language, site.language)
        text = own or self.say(context.eval_ctx, f"words.remedy.{remedy.kind}")
        if remedy.amount:
            money = self.money(context, remedy.amount, remedy.currency or site.currency)
            text = self.say(context.eval_ctx, "words.remedied.amount", what=text, money=money)
        if remedy.by:
            day = self.day(context, remedy.by)
            text = self.say(context.eval_ctx, "words.remedied.by", what=text, day=day)
        return text

    @pass_context
    def acted(self, context: Context, action: str, site: Site) -> str:
        """A corrective action in the site's words."""
        own = site.codes.label(CodeList.ACTIONS, action, self._language, site.language)
        return own or self.say(context.eval_ctx, f"words.action.{action}")

    @pass_context
    def own_words(self, context: Context, letter: Letter, site: Site, name: str | None) -> list[str]:
        """The paragraphs that the site adds to letters of a kind, in the language of the letter."""
        text = site.texts.letters.get(letter.kind, {}).get(self._language)
        if text is None:
            return []
        values = {
            named: self.apart(context, value if isinstance(value, str) else self.moment(context, value))
            for named, value in values_of(letter, name=name, site=site.name).items()
        }
        joined = (Markup() if _is_html(context) else "").join
        return [joined(paragraph) for paragraph in paragraphs(text, values)]


@cache
def direction(language: str) -> str:
    """How a language is written: `ltr` or `rtl`."""
    return Locale.parse(language, sep="-").text_direction


@cache
def _locale_of(language: str) -> Locale:
    return Locale.parse(language, sep="-")


@lru_cache(maxsize=_CACHE_SIZE)
def _distance(language: str, seconds: int) -> str:
    return format_timedelta(
        timedelta(seconds=seconds), add_direction=True, threshold=1, locale=_locale_of(language)
    )


@cache
def _short_months(language: str) -> Mapping[int, str]:
    months: Mapping[int, str] = get_month_names("abbreviated", locale=_locale_of(language))
    return months


def _is_html(context: Context) -> bool:
    return bool(context.eval_ctx.autoescape)


def _set_apart(context: Context, value: str, direction: str = "") -> str:
    """Of letters in a `span`: programs of mail drop `bdi`, and with it where the words end."""
    if not _is_html(context):
        return value
    is_letter = (context.name or "").startswith(_LETTERS)
    tag, value_of_dir = ("span", direction or "auto") if is_letter else ("bdi", direction)
    attribute = f' dir="{value_of_dir}"' if value_of_dir else ""
    return Markup(f"<{tag}{attribute}>{escape(value)}</{tag}>")  # noqa: S704  # escaped here


def _time(machine: str, words: str, *, is_html: bool) -> str:
    if not is_html:
        return words
    return Markup(f'<time datetime="{escape(machine)}">{escape(words)}</time>')  # noqa: S704  # escaped here
