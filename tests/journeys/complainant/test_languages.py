"""Somebody complains in a language: of the site, of the product but not of the site, or of neither."""

from collections.abc import Iterator
from typing import NamedTuple

import pytest

from tests.journeys.settings.administration import Office, pointers
from tests.journeys.steps import Staff, complain
from tests.local_run import LocalRun

SITE = "demo-au"


class Told(NamedTuple):
    """What the person reads, in one language."""

    language: str
    received: str
    promised: str
    upheld: str
    remedy: str
    page: str
    refused: str


TOLD = (
    Told(
        "ar",
        "لقد استلمنا شكواكم",
        "سيصلكم خبر منا في موعد أقصاه",
        "أنتم على حق، وقد قبلنا شكواكم.",
        "استبدال",
        "شكواكم",
        "أدخلوا قيمة.",
    ),
    Told(
        "es",
        "Hemos recibido su reclamación",
        "Tendrá noticias nuestras a más tardar el",
        "Tiene usted razón y estimamos su reclamación.",
        "Sustitución",
        "Su reclamación",
        "Escriba un valor.",
    ),
    Told(
        "de",
        "Wir haben Ihre Beschwerde erhalten",
        "Sie hören von uns spätestens am",
        "Sie haben recht: Ihre Beschwerde ist berechtigt.",
        "Ersatz",
        "Ihre Beschwerde",
        "Bitte geben Sie hier etwas an.",
    ),
    Told(
        "fr",
        "Nous avons bien reçu votre réclamation",
        "Vous aurez de nos nouvelles au plus tard le",
        "Vous avez raison\N{NO-BREAK SPACE}: votre réclamation est fondée.",
        "Remplacement",
        "Votre réclamation",
        "Indiquez une valeur.",
    ),
)
in_each_language = pytest.mark.parametrize("told", TOLD, ids=lambda told: told.language)


@pytest.fixture(scope="module")
def spoken(local_run: LocalRun) -> Iterator[LocalRun]:
    """A run with a site that speaks all of these too; it unlearns them afterwards."""
    administration = Office(local_run)
    before = administration.setting("site", SITE)["record"]["languages"]
    administration.does("site", SITE, {"languages": [*before, *(told.language for told in TOLD)]})
    yield local_run
    administration.does("site", SITE, {"languages": before})


@in_each_language
@pytest.mark.iso10002("7.4 acknowledgement: letter")
def test_a_complaint_is_handled_in_a_language_of_the_site(spoken: LocalRun, told: Told) -> None:
    deniz = Staff(spoken, role="reviewer")
    complaint = complain(spoken, site=SITE, language=told.language)
    deniz.decides(complaint, {"kind": "replacement"})
    deniz.does(complaint, "respond")
    complaint.view()
    acknowledgement, resolution = complaint.letters()
    assert told.received in acknowledgement["text"]
    assert told.promised in acknowledgement["text"]
    assert told.upheld in resolution["text"]
    assert told.remedy in resolution["text"]


@in_each_language
def test_pages_and_refusals_speak_every_language(local_run: LocalRun, told: Told) -> None:
    complaint = complain(local_run)
    page = local_run.open_link(f"/status/{complaint.reference}?t={complaint.access}&lang={told.language}")
    assert f"<h1>{told.page}</h1>" in page.text
    refused = local_run.call(
        "POST", "/v1/complaints", {"site": "demo"}, Accept_Language=told.language, Idempotency_Key="empty"
    )
    assert told.refused in [wrong["detail"] for wrong in refused.json["errors"]]


@pytest.mark.parametrize(
    ("site", "title"), [("demo", "We have received your complaint"), ("demo-tr", "Şikâyetiniz bize ulaştı")]
)
@pytest.mark.parametrize("text", ["tlh", "tlh-Latn", "nl", "../tr"])
def test_a_missing_locale_still_acknowledges(local_run: LocalRun, text: str, site: str, title: str) -> None:
    """Threat 10."""
    complaint = complain(local_run, site=site, language=text)
    (letter,) = complaint.letters()
    assert title in letter["text"]
    assert complaint.reference in letter["text"]


def test_a_site_cannot_speak_what_there_are_no_texts_in(local_run: LocalRun) -> None:
    tried = Office(local_run).tries("site", SITE, {"languages": ["en", "tlh"]})
    assert pointers(tried) == ["/languages/1"]
    assert "There are no texts in this language." in tried.text
