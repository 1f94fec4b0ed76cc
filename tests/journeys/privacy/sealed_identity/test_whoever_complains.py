"""Whoever complains is told before that their identity is sealed, and reads and corrects it."""

from urllib.parse import urlencode

import pytest

from tests.journeys.privacy.sealed_identity.sealed_case import SEALED
from tests.journeys.steps import (
    Staff,
    complain,
    new_word,
    settle,
)
from tests.local_run import LocalRun
from tests.pages.desk_client import FORM_TYPE
from tests.pages.form_client import field, words


@pytest.mark.parametrize(
    ("site", "language", "sealed", "said"),
    [
        ("demo", "en", [SEALED], "your name and contact details are sealed: Unequal treatment."),
        ("demo", "tr", [SEALED], "adınız ve iletişim bilgileriniz mühürlenir: "),
        ("demo-tr", "tr", [], ""),
    ],
)
def test_the_form_says_which_categories_are_sealed_before_anything_is_sent(
    run: LocalRun, site: str, language: str, sealed: list[str], said: str
) -> None:
    asked = run.call("GET", f"/v1/form?site={site}&lang={language}").json
    assert [each["code"] for each in asked["categories"] if each["sealed"]] == sealed
    chosen = next(
        each for group in asked["details"] for each in group["fields"] if each["name"] == "category"
    )
    labels = {each["code"]: each["label"] for each in asked["categories"]}
    differing = [each["code"] for each in chosen["choices"] if each["label"] != labels[each["code"]]]
    assert differing == sealed
    page = run.call("GET", f"/complain?site={site}&lang={language}")
    assert said in words(page)
    assert field(page, "category").get("aria-describedby") == ("category-hint" if sealed else None)
    assert ('id="category-hint"' in page.text) is bool(sealed)


def test_the_person_reads_and_corrects_it_and_gets_the_link_again(run: LocalRun) -> None:
    word = new_word()
    person = {"name": f"Ada {word}", "email": f"{word}@example.org"}
    sealed = complain(run, category=SEALED, complainant=person)
    assert len(sealed.letters()) == 1
    own = sealed.call("GET", "/data").json
    assert (own["complainant"]["name"], own["complainant"]["email"]) == (person["name"], person["email"])
    page = run.open_link(f"/status/{sealed.reference}/contact?t={sealed.access}")
    assert f'value="{person["email"]}"' in page.text
    status = run.open_link(f"/status/{sealed.reference}?t={sealed.access}&lang=en")
    assert "Who you are is sealed" in status.text
    form = {"reference": sealed.reference, "email": person["email"]}
    asked = run.call("POST", "/status", urlencode(form).encode(), Content_Type=FORM_TYPE)
    assert asked.status == 303
    settle(run)
    assert len(sealed.letters()) == 2


def test_by_the_address_alone_no_link_comes_of_a_sealed_complaint(run: LocalRun) -> None:
    """Staff see in a case that its link was asked for: the reference is needed."""
    word = new_word()
    person = {"name": f"Ada {word}", "email": f"{word}@example.org"}
    sealed, other = complain(run, category=SEALED, complainant=person), complain(run, complainant=person)
    asked = run.call(
        "POST", "/status", urlencode({"email": person["email"]}).encode(), Content_Type=FORM_TYPE
    )
    assert asked.status == 303
    settle(run)
    counts = [
        [fact["fact"] for fact in Staff(run).case(each)["facts"]].count("LinkAsked")
        for each in (sealed, other)
    ]
    assert counts == [0, 1]
