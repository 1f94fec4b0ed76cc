"""What a site has settled, at the pages of the desk: plain fields and JSON, judged as the API judges them."""

import json
import re
import uuid
from datetime import timedelta
from html import unescape
from urllib.parse import parse_qs

import pytest

from complaints.settings.setting import SettingKind
from functions.desk.settings.change_forms.forms import parts_of
from tests.html import Reading
from tests.journeys.settings.administration import Office
from tests.journeys.steps import clock
from tests.local_run import LocalRun
from tests.own_packs import clock as promise
from tests.own_packs import file_of, version
from tests.pages.case_page_client import attributes_of, words
from tests.pages.desk_client import form_of
from tests.pages.settings_client import OfficeDesk, sent_as_they_stand, standing

SITE = "demo-au"
CHANGE = "/commands/change"
KINDS = ("site", "team", "codes", "texts", "packs", "calendar", "fields")


@pytest.fixture
def administration(local_run: LocalRun) -> OfficeDesk:
    return OfficeDesk(local_run)


@pytest.mark.parametrize("kind", ["site", "team", "texts", "packs", "calendar"])
def test_a_form_that_is_sent_as_it_stands_keeps_all_that_stands(
    administration: OfficeDesk, kind: str
) -> None:
    before = Office(administration.run).setting(kind, SITE)
    parts = parts_of(SettingKind(kind), "change")
    for part in parts:
        page = administration.setting(kind, SITE)
        [fields] = [each for each in sent_as_they_stand(page, CHANGE) if ("part", part) in each or not part]
        got = administration.desk.post(form_of(page, CHANGE)[1], [*fields, ("reason", "Looked at it.")])
        if got.status == 200:
            got = administration.send(got, CHANGE, step="do")
        assert "The change is saved." in administration.follow(got)
    after = Office(administration.run).setting(kind, SITE)
    assert after["version"] == before["version"] + len(parts)
    assert after["record"] | {"version": 0} == before["record"] | {"version": 0}


def test_a_pack_that_breaks_the_letter_of_its_law_is_refused_beside_the_packs_with_what_is_missing(
    administration: OfficeDesk,
) -> None:
    page = administration.setting("packs", "demo-gb")
    got = administration.send(page, CHANGE, packs="ie-cpc", reason="We sell in Ireland.")
    assert got.status == 422
    assert attributes_of(got, "change-packs-wrong")["class"] == "wrong"
    assert "That the outcome is told within five working days follows the code before it." in words(got)
    assert "choose it under “Packs whose open points I have read”" in words(got)


def test_json_that_cannot_be_read_is_said_and_kept(administration: OfficeDesk) -> None:
    page = administration.setting("texts", SITE)
    assert "written as JSON" in words(page)
    got = administration.send(page, CHANGE, letters='{"en": "Unfinished', reason="Why.")
    assert got.status == 422
    assert "Own text in letters: This is not JSON of the kind" in words(got)
    assert attributes_of(got, "change-letters")["aria-invalid"] == "true"
    assert ("letters", '{"en": "Unfinished') in standing(got, CHANGE, ["letters"])


def test_what_is_wrong_within_json_is_said_with_its_pointer(administration: OfficeDesk) -> None:
    page = administration.setting("texts", SITE)
    wrong = json.dumps({"none": {"en": "We close at noon."}})
    got = administration.send(page, CHANGE, letters=wrong, reason="Why.")
    assert got.status == 422
    assert "/letters/none: " in words(got)


def test_colours_and_logo_have_inputs_of_their_own_which_may_be_empty_again(
    administration: OfficeDesk,
) -> None:
    office, colour = Office(administration.run), "letterhead.accent"
    before = office.setting("texts", SITE)["record"]["letterhead"]
    pale: dict[str, str | list[str]] = {colour: "#ffcc00", "letterhead.logo": "https://demo.example/logo.svg"}
    refused = administration.send(
        administration.setting("texts", SITE), CHANGE, reason="New colours.", **pale
    )
    assert refused.status == 422
    assert attributes_of(refused, f"change-{colour}")["aria-invalid"] == "true"
    looked = {"step": "look", "letter": "acknowledgement", "language": "en"}
    tried = administration.send(refused, CHANGE, **{colour: "#0f766e"}, **looked)
    administration.follow(administration.send(tried, CHANGE, step="do"))
    saved = administration.setting("texts", SITE)
    for shown in (tried, saved):
        assert '<img class="logo" src="https://demo.example/logo.svg"' in shown.text
        assert "img-src 'self' https://demo.example/logo.svg" in shown.headers["content-security-policy"]
    stored = office.setting("texts", SITE)["record"]["letterhead"]
    assert (stored["accent"], stored["logo"]) == ("#0f766e", "https://demo.example/logo.svg")
    emptied = {colour: "", "letterhead.logo": "", "reason": "The old look."}
    page = administration.send(administration.setting("texts", SITE), CHANGE, **emptied)
    administration.follow(page)
    assert office.setting("texts", SITE)["record"]["letterhead"] == before


def test_a_letter_is_shown_with_the_words_that_were_typed_and_nothing_is_saved(
    administration: OfficeDesk,
) -> None:
    before = Office(administration.run).setting("texts", SITE)
    put, noon = "/commands/put_wording", "We close at noon <b>today</b>."
    asked = administration.send(
        administration.setting("texts", SITE),
        put,
        place="acknowledgement",
        **{"texts.en": noon},
        step="look",
        language="en",
    )
    assert asked.status == 200
    assert noon in words(asked)
    assert Office(administration.run).setting("texts", SITE) == before
    back = administration.send(asked, put, step="back")
    assert ("texts.en", noon) in standing(back, put)
    wrong = administration.send(
        administration.setting("texts", SITE), CHANGE, step="look", letter="none", language="en"
    )
    assert wrong.status == 422


def test_words_for_a_letter_and_for_a_paragraph_of_a_pack_are_written_by_a_form_and_taken_away(
    administration: OfficeDesk,
) -> None:
    put, office = "/commands/put_wording", Office(administration.run)
    for place, named in (("acknowledgement", "letters"), ("au.idr_response", "blocks")):
        page = administration.setting("texts", SITE)
        words_of = {"place": place, "reason": "Asked for."}
        refused = administration.send(page, put, **words_of, **{"texts.en": "Dear {nobody}" * 200})
        assert refused.status == 422
        assert attributes_of(refused, "put_wording-texts.en")["aria-invalid"] == "true"
        saved = administration.follow(administration.send(refused, put, **{"texts.en": "We are here."}))
        assert "The words are saved." in saved
        assert office.setting("texts", SITE)["record"][named] == {place: {"en": "We are here."}}
        chosen = administration.page(f"/texts/{SITE}?list=wordings&code={place}")
        assert ("texts.en", "We are here.") in standing(chosen, put)
        administration.follow(administration.send(chosen, put, **{"texts.en": "", "reason": "Not needed."}))
        assert office.setting("texts", SITE)["record"][named] == {}


def test_a_change_says_what_follows_also_while_an_earlier_one_is_carried_out(
    administration: OfficeDesk,
) -> None:
    days = [
        {
            "on": (clock(administration.run) + timedelta(days=50)).date().isoformat(),
            "names": {"en": "Mourning"},
        }
    ]
    Office(administration.run).does("calendar", SITE, {"days": days})
    asked = administration.send(
        administration.setting("calendar", SITE), CHANGE, days="[]", reason="Not decreed after all."
    )
    assert "The deadlines of open cases at this site are recalculated" in words(asked)
    Office(administration.run).does("calendar", SITE, {"days": []})


def test_a_calendar_says_which_promises_would_move_before_it_is_changed(administration: OfficeDesk) -> None:
    day = (clock(administration.run) + timedelta(days=40)).date().isoformat()
    days = [{"on": day, "names": {"en": "Mourning"}}]
    before = Office(administration.run).setting("calendar", SITE)["version"]
    asked = administration.send(
        administration.setting("calendar", SITE), CHANGE, days=json.dumps(days), reason="Decreed."
    )
    assert asked.status == 200
    assert "The deadlines of open cases at this site are recalculated" in words(asked)
    assert "among the first open cases" in words(asked)
    assert Office(administration.run).setting("calendar", SITE)["version"] == before
    assert "Mourning" in administration.follow(administration.send(asked, CHANGE, step="do"))
    Office(administration.run).does("calendar", SITE, {"days": []})


def test_a_code_is_added_by_json(administration: OfficeDesk) -> None:
    put = [
        {
            "list": "causes",
            "code": "desk_page",
            "labels": {"en": "A page", "tr": "Bir sayfa"},
            "state": "draft",
        }
    ]
    administration.follow(
        administration.send(administration.setting("codes", SITE), CHANGE, put=json.dumps(put), reason="New.")
    )
    causes = Office(administration.run).setting("codes", SITE)["record"]["causes"]
    assert "desk_page" in {each["code"] for each in causes}
    remove = [{"list": "causes", "code": "desk_page"}]
    administration.follow(
        administration.send(
            administration.setting("codes", SITE), CHANGE, remove=json.dumps(remove), reason="Not."
        )
    )


def test_the_body_outside_is_described_by_a_form_and_taken_away_by_emptying_it(
    administration: OfficeDesk,
) -> None:
    before = Office(administration.run).setting("site", SITE)["record"]["external_body"]
    typed = {"external_body.name": "", "external_body.cost": "Free", "reason": "New law."}
    refused = administration.send(administration.setting("site", SITE), CHANGE, **typed)
    assert refused.status == 422
    assert attributes_of(refused, "change-external_body.name")["aria-invalid"] == "true"
    administration.follow(administration.send(refused, CHANGE, **{"external_body.name": "Ombudsman"}))
    body = Office(administration.run).setting("site", SITE)["record"]["external_body"]
    assert (body["name"], body["url"], body["cost"]) == ("Ombudsman", None, "Free")
    emptied = {"external_body.name": "", "external_body.cost": "", "reason": "None."}
    administration.follow(administration.send(administration.setting("site", SITE), CHANGE, **emptied))
    assert Office(administration.run).setting("site", SITE)["record"]["external_body"] is None
    Office(administration.run).does("site", SITE, {"external_body": before})


def test_a_category_is_added_by_a_form_and_changed_by_the_link_in_its_row(
    administration: OfficeDesk,
) -> None:
    put, code = "/commands/put", "desk.locker"
    page = administration.setting("codes", SITE)
    words_of = {"labels.en": "Parcel locker", "labels.tr": ""}
    refused = administration.send(page, put, code=code, reason="Asked for.", **words_of)
    assert refused.status == 422
    assert attributes_of(refused, "put-labels.tr")["aria-invalid"] == "true"
    typed = words_of | {"labels.tr": "Kargo dolabı"}
    saved = administration.follow(administration.send(refused, put, **typed))
    assert "The code is saved." in saved
    assert "Parcel locker" in saved
    chosen = administration.page(f"/codes/{SITE}?list=categories&code={code}")
    assert ("labels.tr", "Kargo dolabı") in standing(chosen, put)
    row = re.search("Parcel locker</bdi>.*?</tr>", administration.setting("codes", SITE).text, re.DOTALL)
    assert row
    assert "Sealed: only a custodian" not in row[0]
    administration.follow(administration.send(chosen, put, is_sealed="true", reason="Reports."))
    row = re.search("Parcel locker</bdi>.*?</tr>", administration.setting("codes", SITE).text, re.DOTALL)
    assert row
    assert "Sealed: only a custodian learns who complains" in row[0], "the list says which are sealed"
    chosen = administration.page(f"/codes/{SITE}?list=categories&code={code}")
    administration.follow(administration.send(chosen, put, state="retired", reason="Not used."))
    codes = Office(administration.run).setting("codes", SITE)["record"]["categories"]
    [locker] = [each for each in codes if each["code"] == code]
    assert (locker["state"], locker["labels"]["tr"]) == ("retired", "Kargo dolabı")


def test_an_own_field_is_added_by_a_form_and_changed_by_the_link_in_its_row(
    administration: OfficeDesk,
) -> None:
    put, code = "/commands/put_field", "shelf"
    page = administration.setting("fields", SITE)
    words_of = {"labels.en": "Shelf", "labels.tr": "Raf", "choices.en": "top: Top\nlow: Low"}
    typed = words_of | {"code": code, "type": "choice", "reason": "Asked for."}
    refused = administration.send(page, put, **typed)
    assert refused.status == 422
    assert attributes_of(refused, "put_field-choices.tr")["aria-invalid"] == "true"
    more: dict[str, str] = {"choices.tr": "top: Üst\nlow: Alt"}
    saved = administration.follow(administration.send(refused, put, **more))
    assert "The field is saved." in saved
    chosen = administration.page(f"/fields/{SITE}?list=fields&code={code}")
    assert ("choices.tr", "top: Üst\nlow: Alt") in standing(chosen, put)
    gone: dict[str, str] = {"is_retired": "true", "reason": "Not used."}
    administration.follow(administration.send(chosen, put, **gone))
    fields = Office(administration.run).setting("fields", SITE)["record"]["fields"]
    [shelf] = [each for each in fields if each["code"] == code]
    assert (shelf["retired"], [each["code"] for each in shelf["choices"]]) == (True, ["top", "low"])


def test_a_checklist_is_written_by_a_form_and_changed_by_the_link_in_its_row(
    administration: OfficeDesk,
) -> None:
    put = "/commands/put_checklist"
    page = administration.setting("site", SITE)
    typed = {"category": "delivery.late", "items": "1: Ring them.\nAsk the depot.", "reason": "Agreed."}
    refused = administration.send(page, put, **typed)
    assert refused.status == 422
    assert "in how many days it is due" in words(refused)
    right: dict[str, str] = {"items": "1: Ring them.\n3: Ask the depot."}
    saved = administration.follow(administration.send(refused, put, **right))
    assert "The checklist is saved." in saved
    chosen = administration.page(f"/site/{SITE}?list=checklists&code=delivery.late")
    assert ("items", "1: Ring them.\n3: Ask the depot.") in standing(chosen, put)
    office = Office(administration.run)
    items = [{"text": "Ring them.", "days": 1}, {"text": "Ask the depot.", "days": 3}]
    assert office.setting("site", SITE)["record"]["checklists"] == [
        {"category": "delivery.late", "items": items}
    ]
    nothing: dict[str, str] = {"items": "", "reason": "Not used."}
    administration.follow(administration.send(chosen, put, **nothing))
    assert office.setting("site", SITE)["record"]["checklists"] == []


def test_a_pack_is_added_by_its_file_and_a_wrong_one_is_refused_by_pointer(
    administration: OfficeDesk,
) -> None:
    name = "own-page"
    new = "/settings/new/pack"
    file = file_of(version(name, 1, promise(days=9)))
    got = administration.send(
        administration.page("/new/pack"), new, id=name, file=json.dumps(file | {"format": 9}), reason="New."
    )
    assert got.status == 422
    assert "/file/format: " in words(got)
    assert "Own promise pack: own-page" in administration.follow(
        administration.send(got, new, file=json.dumps(file))
    )


@pytest.mark.parametrize("language", ["tr", "de", "fr", "es", "ar"])
def test_every_page_of_a_site_speaks_every_language(administration: OfficeDesk, language: str) -> None:
    for kind in KINDS:
        page = administration.desk.get(f"/desk/settings/{kind}/{SITE}?lang={language}")
        assert page.status == 200
        assert f'<html lang="{language}"' in page.text
    assert administration.desk.get(f"/desk/settings?lang={language}").status == 200
    assert administration.desk.get(f"/desk/packs?lang={language}").status == 200


def test_the_list_leads_to_all_that_a_site_settles_or_could(administration: OfficeDesk) -> None:
    found = {link for kind in KINDS for link in Reading(administration.listed(kind)).links}
    assert {f"/desk/settings/{kind}/{SITE}" for kind in KINDS} <= found


def test_a_site_that_somebody_does_not_serve_is_not_there(local_run: LocalRun) -> None:
    administration = Office(local_run)
    guest = administration.adds("admin", sites=("demo",))
    desk = OfficeDesk(local_run, guest.name)
    assert desk.desk.get(f"/desk/settings/site/{SITE}").status == 404
    assert f"/desk/settings/site/{SITE}" not in desk.page().text


def test_a_site_is_added_by_a_form_which_keeps_what_was_typed_where_it_is_refused(
    administration: OfficeDesk,
) -> None:
    run = administration.run
    name = Office(run).adds("admin", sites=(SITE,)).name
    office = OfficeDesk(run, name)
    assert "Add a site" in words(office.page())
    empty = office.send(office.page("/new/site"), "/new/site")
    assert empty.status == 422
    missing = {"name", "language", "zone", "holidays", "team", "manager", "reason"}
    assert all(attributes_of(empty, f"add-{each}")["aria-invalid"] == "true" for each in missing)
    assert "aria-invalid" not in attributes_of(empty, "add-id"), "it is made of the name"
    key = f"page-{name[-8:]}"
    typed: dict[str, str | list[str]] = {
        "name": "Corner Shop",
        "language": "en",
        "languages": ["en", "tr"],
        "zone": "Europe/Lundon",
        "holidays": "GB-ENG",
        "currency": "GBP",
        "team": "care@corner.example",
        "manager": "head@corner.example",
        "reason": "The shop opens.",
    }
    refused = office.send(office.page("/new/site"), "/new/site", id=key.upper(), **typed)
    assert refused.status == 422
    assert attributes_of(refused, "add-id")["aria-invalid"] == "true"
    assert attributes_of(refused, "add-zone")["aria-invalid"] == "true"
    assert attributes_of(refused, "add-team")["value"] == "care@corner.example"
    added = office.follow(office.send(refused, "/new/site", id=key, zone="Europe/London"))
    assert "The site is added. It takes complaints now." in added
    assert "Corner Shop" in words(office.desk.get(f"/complain?site={key}"))
    Office(run, name).does("site", key, {"is_open": False})


def test_a_code_that_is_left_empty_is_made_of_the_label_and_changes_no_other(
    administration: OfficeDesk,
) -> None:
    office = Office(administration.run)
    word = f"zz{uuid.uuid4().hex[:8]}"

    def codes() -> dict[str, str]:
        return {
            each["code"]: each["labels"]["en"]
            for each in office.setting("codes", SITE)["record"]["categories"]
            if each["code"].startswith(word)
        }

    for label in (f"{word} box", f"{word} Box!"):
        got = administration.send(
            administration.setting("codes", SITE),
            "/commands/put",
            code="",
            reason="New.",
            **{"labels.en": label, "labels.tr": "Kutu"},
        )
        administration.follow(got)
    assert codes() == {f"{word}_box": f"{word} box", f"{word}_box_2": f"{word} Box!"}


def test_the_form_of_a_new_code_takes_no_seal_off_one_that_is_there(administration: OfficeDesk) -> None:
    put, code = "/commands/put", f"zz{uuid.uuid4().hex[:8]}"
    typed: dict[str, str] = {"labels.en": "Reports", "labels.tr": "Bildirimler", "reason": "New."}
    new = administration.setting("codes", SITE)
    administration.follow(administration.send(new, put, code=code, is_sealed="true", **typed))
    blank = administration.setting("codes", SITE)
    refused = administration.send(blank, put, code=code, **typed)
    assert refused.status == 422
    assert attributes_of(refused, "put-code")["aria-invalid"] == "true"
    assert administration.send(refused, put, code=code, **typed).status == 422, "not by trying again either"

    def sealed() -> list[bool]:
        codes = Office(administration.run).setting("codes", SITE)["record"]["categories"]
        return [each.get("sealed", False) for each in codes if each["code"] == code]

    assert sealed() == [True]
    chosen = administration.page(f"/codes/{SITE}?list=categories&code={code}")
    administration.follow(administration.send(chosen, put, is_sealed=[], **typed))
    assert sealed() == [False], "it is taken off where it was looked at"


def test_a_holiday_calendar_is_chosen_below_the_name_of_its_country(administration: OfficeDesk) -> None:
    page = administration.page("/new/site?lang=tr")
    assert '<optgroup label="Türkiye">\n<option>TR</option>\n</optgroup>' in page.text
    assert '<optgroup label="Almanya">\n<option>DE</option>\n<option>DE-BB</option>' in page.text


def test_the_developer_gets_the_line_and_the_policy_by_a_mail_of_the_administrator(
    administration: OfficeDesk,
) -> None:
    page = administration.desk.get(f"/desk/embed?site={SITE}")
    [address] = re.findall(r'href="mailto:\?([^"]*)"', page.text)
    mail = parse_qs(unescape(address))["body"][0]
    assert f'/widget.js" data-site="{SITE}"></script>' in mail
    assert "script-src 'self' http" in mail
    assert f"/complain?site={SITE}" in mail
