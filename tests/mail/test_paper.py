"""Letters on paper: nothing of a screen in them, an address on top, and a style sheet instead of styles."""

from functools import partial
from zoneinfo import ZoneInfo

from msgspec.structs import replace

from complaints.delivery.rendered_letter import Reader
from tests.each import each
from tests.guards.test_catalogues import LOCALES, messages
from tests.html import Reading
from tests.mail.letters import ISTANBUL, LINK, MAILROOM, Sample
from tests.mail.test_date_formats import CATALOGUES, SPOKEN
from tests.mail.test_letters import ALL, sample_of

STYLE = ("/api/static/style.0.css", "sha384-0")
READER = Reader(name="Ada Yılmaz", post="1 Rain Street\nIzmir")
ON_SCREEN = [msgid for msgid in messages(LOCALES / "en/LC_MESSAGES/mail.po") if msgid.endswith(".page")]
WITHOUT_CALL = [
    msgid for msgid in messages(LOCALES / "en/LC_MESSAGES/mail.po") if msgid.endswith("_no_telephone")
]
ON_PAPER = [sample for sample in ALL if sample.letter.on_paper]
every_paper = each("sample", ON_PAPER, lambda sample: f"{sample.letter.language}-{sample.name}")


def printed(sample: Sample, reader: Reader = READER) -> str:
    return MAILROOM.printed(sample.letter, reader, ISTANBUL, text=sample.text, style=STYLE)


@every_paper
def test_a_page_of_paper_is_whole_and_keeps_to_a_strict_policy(sample: Sample) -> None:
    html = printed(sample)
    page = Reading(html)
    assert page.open == []
    assert page.tags.count("h1") == page.tags.count("main") == 1
    assert not any("style" in attributes for _, attributes in page.elements)
    assert not {"style", "script", "img", "form"} & set(page.tags)
    assert page.assets == [STYLE]


@every_paper
def test_a_page_of_paper_has_the_address_the_date_and_the_reference(sample: Sample) -> None:
    words = Reading(printed(sample)).words
    assert "Ada Yılmaz\n1 Rain Street\nIzmir" in words
    written = sample.letter.called_for.astimezone(ZoneInfo(ISTANBUL.zone)).date()
    assert SPOKEN.day(sample.letter.language, written) in words
    assert sample.letter.reference in words


@every_paper
def test_a_page_of_paper_opens_nothing_and_says_how_to_answer(sample: Sample) -> None:
    html = printed(sample)
    assert "?t=" not in html
    assert "+90 212 000 00 00" in html
    words = Reading(html).words
    assert not [msgid for msgid in ON_SCREEN if CATALOGUES.text(sample.letter.language, msgid) in words]


def test_a_page_of_paper_says_what_the_mail_says() -> None:
    sample = sample_of("resolution-upheld-paper")
    mail, paper = Reading(sample.rendered().html).words, Reading(printed(sample)).words
    assert set(mail.split()) <= set(paper.split())


def test_a_site_that_gives_no_way_to_reach_it_still_says_the_ways() -> None:
    quiet = replace(ISTANBUL, contact=None)
    sample = sample_of("acknowledgement-paper")
    html = MAILROOM.printed(sample.letter, READER, quiet, text=sample.text, style=STYLE)
    assert "by letter, by telephone or in person" in html


def test_an_address_is_text_and_no_markup() -> None:
    html = printed(sample_of("acknowledgement-paper"), Reader(name="<b>Ada</b>", post="<i>Street</i>"))
    assert "&lt;b&gt;Ada&lt;/b&gt;" in html


def test_the_page_of_a_mail_keeps_its_way_to_answer() -> None:
    sample = sample_of("question")
    bare = LINK.partition("?")[0]
    html = MAILROOM.printed(sample.letter, READER, ISTANBUL, text=sample.text, style=STYLE, link=bare)
    assert "on the page of your complaint" in html
    assert "?t=" not in html


@every_paper
def test_who_needs_no_telephone_is_offered_none(sample: Sample) -> None:
    words = Reading(printed(sample, replace(READER, no_telephone=True))).words
    say = partial(CATALOGUES.text, sample.letter.language)
    offers = [msgid for msgid in WITHOUT_CALL if say(msgid.removesuffix("_no_telephone")) in words]
    assert offers == []
    assert [msgid for msgid in WITHOUT_CALL if say(msgid) in words]


@every_paper
def test_plain_language_offers_to_explain_and_leaves_reasons_of_dates_out(sample: Sample) -> None:
    words = Reading(printed(sample, replace(READER, plain_language=True))).words
    say = partial(CATALOGUES.text, sample.letter.language)
    assert say("mail.plain") in words
    assert say("words.left_out") not in words
