"""A site's own codes: offered on the form, taken at the desk, said in letters, and never lost."""

import pytest

from tests.journeys.settings.administration import Office, pointers
from tests.journeys.steps import SCALES, Staff, complain, form, submit
from tests.local_run import LocalRun


def said(english: str, turkish: str | None = None) -> dict[str, str]:
    """A code's words in each language of the site: in English where no other are given."""
    words = dict.fromkeys(("ar", "de", "en", "es", "fr"), english)
    return words | ({"tr": turkish} if turkish else {})


OWN = [
    {"list": "categories", "code": "delivery.drone", "labels": said("By drone", "Drone ile")},
    {"list": "causes", "code": "gremlins", "labels": said("Gremlins", "Cinler")},
    {"list": "remedies", "code": "cake", "labels": said("A cake & a card", "Pasta")},
    {
        "list": "outcomes",
        "code": "upheld_twice",
        "labels": said("Twice right", "Haklı"),
        "like": "upheld",
    },
]
RENAMED = {"list": "categories", "code": "delivery.late", "labels": {"tr": "Gecikti"}}


@pytest.fixture
def administration(moving_run: LocalRun) -> Office:
    """At a site that has codes of its own, beside the standard ones."""
    administration = Office(moving_run)
    administration.does("codes", "demo", {"put": [*OWN, RENAMED]})
    return administration


def categories(run: LocalRun, language: str) -> dict[str, str]:
    shown = run.call("GET", f"/v1/form?site=demo&lang={language}").json["categories"]
    return {each["code"]: each["label"] for each in shown}


def test_the_form_offers_them_in_the_reader_s_language(administration: Office) -> None:
    english, turkish = (categories(administration.run, language) for language in ("en", "tr"))
    assert (english["delivery.drone"], turkish["delivery.drone"]) == ("By drone", "Drone ile")
    assert (english["delivery.late"], turkish["delivery.late"]) == ("Arrived late", "Gecikti")
    assert english["delivery.damaged"] != turkish["delivery.damaged"]


def test_a_complaint_goes_its_way_with_them(administration: Office) -> None:
    complaint, deniz = complain(administration.run, category="delivery.drone"), Staff(administration.run)
    deniz.does(complaint, "assess", SCALES)
    deniz.does(complaint, "find", {"finding": "Bitten through.", "root_cause": "gremlins"})
    decision = {"outcome": "upheld_twice", "reasons": "You are right.", "remedies": [{"kind": "cake"}]}
    decided = deniz.does(complaint, "decide", decision)["decision"]
    assert (decided["outcome"], decided["outcome_code"]) == ("upheld", "upheld_twice")
    deniz.does(complaint, "respond")
    assert complaint.view()["decision"]["remedies"] == [{"kind": "cake"}]
    letter = complaint.letters()[-1]
    assert "A cake & a card" in letter["text"]
    assert "A cake &amp; a card" in letter["html"]


def test_the_desk_shows_every_code_with_its_words(administration: Office) -> None:
    shown = Staff(administration.run).call("GET", "/settings/codes/demo?lang=tr").json["record"]
    labels = {code["code"]: code["label"] for codes in shown.values() for code in codes}
    assert (labels["gremlins"], labels["training"], labels["no_action"]) == (
        "Cinler",
        "Eğitim eksikliği",
        "Önlem yok",
    )


@pytest.mark.parametrize(
    ("verb", "body", "pointer"),
    [
        ("find", {"finding": "x", "root_cause": "magic"}, "/root_cause"),
        ("decide", {"outcome": "fine", "reasons": "x"}, "/outcome"),
        ("decide", {"outcome": "upheld", "reasons": "x", "remedies": [{"kind": "pie"}]}, "/remedies/0/kind"),
    ],
)
def test_a_code_that_the_site_does_not_know_is_refused(
    administration: Office, verb: str, body: dict[str, object], pointer: str
) -> None:
    complaint, deniz = complain(administration.run), Staff(administration.run)
    deniz.does(complaint, "assess", SCALES)
    assert pointers(deniz.tries(complaint, verb, body)) == [pointer]


def test_a_retired_code_is_offered_no_more_and_kept_where_it_is(administration: Office) -> None:
    complaint = complain(administration.run, category="delivery.drone")
    retired = {"list": "categories", "code": "delivery.drone", "state": "retired"}
    administration.does("codes", "demo", {"put": [retired]})
    assert "delivery.drone" not in categories(administration.run, "en")
    assert pointers(submit(administration.run, form(category="delivery.drone"))) == ["/category"]
    assert Staff(administration.run).case(complaint)["category"] == "delivery.drone"
    administration.does("codes", "demo", {"put": [retired | {"state": "offered"}]})
    assert categories(administration.run, "en")["delivery.drone"] == "By drone"


@pytest.mark.parametrize(
    ("body", "pointer"),
    [
        ({"remove": [{"list": "categories", "code": "delivery.drone"}]}, "/remove/0/code"),
        ({"remove": [{"list": "causes", "code": "training"}]}, "/remove/0/code"),
        ({"put": [{"list": "causes", "code": "training", "state": "draft"}]}, "/put/0/state"),
        ({"put": [{"list": "causes", "code": "elves", "labels": said("Elves")}]}, "/put/0/labels/tr"),
        ({"put": [{"list": "causes", "code": "training", "labels": {"nl": "x"}}]}, "/put/0/labels/nl"),
        ({"put": [{"list": "causes", "code": "training", "labels": {"en": ""}}]}, "/put/0/labels"),
        ({"put": [{"list": "outcomes", "code": "maybe", "labels": said("M", "B")}]}, "/put/0/like"),
    ],
)
def test_no_code_in_use_is_removed_and_none_stands_without_words(
    administration: Office, body: dict[str, object], pointer: str
) -> None:
    assert pointers(administration.tries("codes", "demo", body)) == [pointer]


def test_a_draft_may_be_given_up(administration: Office) -> None:
    draft = {"list": "causes", "code": "goblins", "labels": said("Goblins", "Gulyabani")}
    administration.does("codes", "demo", {"put": [draft | {"state": "draft"}]})
    codes = administration.does("codes", "demo", {"remove": [{"list": "causes", "code": "goblins"}]})
    assert "goblins" not in [code["code"] for code in codes["record"]["causes"]]
