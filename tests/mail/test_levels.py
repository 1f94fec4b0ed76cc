"""Letters about disagreement: who looks again, where to go, and what silence means, as it is true."""

import re
from datetime import timedelta

import pytest

from complaints.case.correspondence.letter import LetterKind
from tests.guards.test_catalogues import LOCALES, forms, messages
from tests.html import Reading
from tests.mail.letters import DUE, OMBUDSMAN, WORDS, Sample, extension, letter, promise
from tests.mail.test_letters import LANGUAGES, SAID, sample_of

AGAIN = {
    "ar": "أحد زملائنا ممن لم يشاركوا في هذا القرار",
    "es": "Una persona de nuestro equipo que no participó en esta decisión",
    "de": "der an dieser Entscheidung nicht beteiligt war",
    "fr": "qui n’a pas pris part à cette décision",
    "en": "A colleague who had no part in this decision",
    "tr": "bu kararda yer almamış bir çalışma arkadaşımız",
}
OUTSIDE = {
    "ar": "جهة خارجية مستقلة عنا",
    "es": "un organismo externo, independiente de nosotros",
    "de": "eine externe Stelle wenden, die von uns unabhängig ist",
    "en": "an external body that is independent of us",
    "fr": "un organisme extérieur, indépendant de nous",
    "tr": "bizden bağımsız bir kuruluşa",
}
END = {
    "ar": "لم تبق لدينا خطوة أخرى من جانبنا",
    "es": "por nuestra parte no queda ningún otro paso",
    "de": "es bei uns keinen weiteren Schritt gibt",
    "en": "we have no further step",
    "fr": "nous n’avons plus d’autre étape",
    "tr": "bizim atabileceğimiz başka bir adım yok",
}
LATER = {
    "ar": "الاثنين 20 أبريل 2026، الساعة 18:00",
    "es": "lunes 20 de abril de 2026 a las 18:00",
    "de": "Montag, 20. April 2026, 18:00 Uhr",
    "en": "Monday 20 April 2026, 18:00",
    "fr": "lundi 20 avril 2026 à 18:00",
    "tr": "20 Nisan 2026 Pazartesi, saat 18.00",
}
SORRY = {
    "ar": "نحن آسفون",
    "es": "sentimos que tenga que esperar",
    "de": "tut uns leid",
    "en": "are sorry",
    "fr": "présentons nos excuses",
    "tr": "özür dileriz",
}
STANDS = {
    "ar": "يبقى ردنا قائمًا",
    "es": "nuestra respuesta se mantiene",
    "de": "bleibt es bei unserer Antwort",
    "en": "our response stands",
    "fr": "Notre réponse est donc maintenue",
    "tr": "yanıtımız geçerliliğini koruyor",
}
ELSEWHERE = {
    "ar": "كالمحكمة مثلًا",
    "es": "por ejemplo a un tribunal",
    "de": "zum Beispiel an ein Gericht",
    "en": "for example to a court",
    "fr": "par exemple à un tribunal",
    "tr": "örneğin mahkemeye",
}
NO_YES = {
    "ar": "ولن نعدّ ذلك موافقة.",
    "es": "No lo tomaremos como un sí.",
    "de": "Wir werten das nicht als Zustimmung.",
    "en": "We do not count that as a yes.",
    "fr": "Nous ne considérons pas cela comme un oui.",
    "tr": "Sessizliğinizi kabul saymayız.",
}
NOT_ANEW = {
    "ar": "ولا يلزمكم تقديمها من جديد",
    "es": "no hace falta que reclame de nuevo",
    "de": "Sie brauchen sich nicht neu zu beschweren",
    "en": "you do not need to complain again",
    "fr": "vous n’aurez pas à en faire une nouvelle",
    "tr": "yeni bir şikâyette bulunmanız gerekmez",
}
IF_A_COMPLAINT = {
    "ar": "إذا كانت شكوى",
    "es": "Si es una reclamación",
    "de": "Wenn es eine Beschwerde ist",
    "en": "If it is a complaint",
    "fr": "Si c’est une réclamation",
    "tr": "Bu bir şikâyetse",
}
COUNTED_FROM_RECEIPT = {
    "ar": "تُحسب من يوم استلامنا لها",
    "es": "contados desde el día en que la recibimos",
    "de": "gerechnet ab dem Tag, an dem wir Ihre Nachricht erhalten haben",
    "en": "counted from the day we received it",
    "fr": "comptés à partir du jour où nous l’avons reçue",
    "tr": "iletinizi aldığımız günden sayılır",
}


def said(name: str, language: str) -> str:
    """The text of a letter in one line."""
    return " ".join(sample_of(name, language).rendered().text.split())


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize(
    ("name", "true", "untrue"),
    [
        ("resolution-not_upheld", AGAIN, (OUTSIDE, END)),
        ("resolution-outside", OUTSIDE, (AGAIN, END)),
        ("resolution-review", END, (AGAIN, OUTSIDE)),
    ],
)
@pytest.mark.iso10002("7.8 communicating the decision: disagree")
def test_a_decision_says_what_follows_on_a_no_at_its_level(
    name: str, true: dict[str, str], untrue: tuple[dict[str, str], ...], language: str
) -> None:
    for way in ("", "-paper"):
        text = said(name + way, language)
        assert true[language] in text
        assert not any(other[language] in text for other in untrue)


@pytest.mark.parametrize("language", LANGUAGES)
def test_an_end_that_nobody_could_review_says_that_the_response_stands_and_where_to_go(language: str) -> None:
    text = said("closing-unreviewed", language)
    assert STANDS[language] in text
    assert ELSEWHERE[language] in text
    assert END[language] not in text


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_decision_says_until_when_an_answer_is_awaited(language: str) -> None:
    assert LATER[language] in said("resolution-upheld", language)


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("name", ["resolution-outside", "referral", "extension-outside"])
def test_the_body_outside_is_named_with_all_that_is_known_of_it(name: str, language: str) -> None:
    rendered = sample_of(name, language).rendered()
    for part in (rendered.text, Reading(rendered.html).words):
        for known in (OMBUDSMAN.name, OMBUDSMAN.address, OMBUDSMAN.cost, OMBUDSMAN.time, OMBUDSMAN.note):
            assert known in part
    assert OMBUDSMAN.url in Reading(rendered.html).links


def test_what_is_not_known_of_a_body_outside_is_not_said() -> None:
    text = said("referral-bare", "en")
    assert "Arbitration Committee" in text
    for label in (
        "Address:",
        "Web page:",
        "What it costs you:",
        "Until when you can go there:",
        "Good to know:",
    ):
        assert label not in text


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_later_date_is_named_with_its_reason_and_an_apology(language: str) -> None:
    rendered = sample_of("extension", language).rendered()
    assert LATER[language] in rendered.text
    assert SORRY[language] in rendered.text
    assert WORDS in rendered.text


def test_the_date_of_an_extension_is_the_one_that_was_asked_for() -> None:
    """And not the one that still holds until the notice was taken."""
    rendered = Sample("", extension(), WORDS).rendered()
    assert SAID["en"]["due"] not in rendered.text


@pytest.mark.parametrize("language", LANGUAGES)
def test_silence_is_explained_before_it_counts(language: str) -> None:
    soon, late = said("reminder", language), said("reminder-late", language)
    for text in (soon, late):
        assert LATER[language] in text
        assert NO_YES[language] in text
        assert NOT_ANEW[language] in text
    assert soon != late


@pytest.mark.parametrize("kind", [LetterKind.ACKNOWLEDGEMENT, LetterKind.REVIEW])
def test_the_nearest_promise_is_the_one_that_a_letter_begins_with(kind: LetterKind) -> None:
    promised = (promise(), promise(clock="progress", due=DUE - timedelta(days=14)))
    rendered = Sample("", letter(kind, promises=promised), None).rendered()
    for text in (rendered.text, Reading(rendered.html).words):
        assert "You will hear from us by Friday 20 March 2026, 18:00." in text


def test_a_review_names_its_date_and_what_stands_until_then() -> None:
    assert "You will hear from us by Friday 3 April 2026, 18:00." in said("review", "en")
    assert "Our first response stands until then." in said("review", "en")
    assert "first response" not in said("review-first", "en")


def test_a_referral_says_what_stands_until_then_only_where_something_was_answered() -> None:
    assert "Our response stands until then." in said("referral", "en")
    assert "Our response stands" not in said("referral-bare", "en")


def test_an_extended_promise_says_by_how_much() -> None:
    assert "(30 calendar days, and 15 calendar days more)" in said("message-extended", "en")


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("kind", ["praise", "suggestion", "question"])
def test_thanks_promise_no_date_and_ask_whether_it_is_a_complaint(kind: str, language: str) -> None:
    text = said(f"thanks-{kind}", language)
    assert SAID[language]["due"] not in text
    assert IF_A_COMPLAINT[language] in text


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("kind", ["praise", "suggestion", "question"])
def test_thanks_say_that_promises_would_count_from_the_first_receipt(kind: str, language: str) -> None:
    text = " ".join(said(f"thanks-{kind}", language).split())
    assert COUNTED_FROM_RECEIPT[language] in text


def test_a_letter_about_praise_calls_it_no_complaint() -> None:
    for name in ("message-feedback", "message-feedback-paper"):
        subject = sample_of(name).rendered().subject
        assert "complaint" not in subject.lower()


def test_no_letter_excuses_itself_with_few_people() -> None:
    said = messages(LOCALES / "en/LC_MESSAGES/mail.po")
    assert [msgid for msgid, each in said.items() if re.search(r"\bfew\b", " ".join(forms(each)))] == []
