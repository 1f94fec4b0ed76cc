"""Names that come from outside: looked up as they are, never made into a path, a format or an attribute."""

from urllib.parse import quote

import pytest

from tests.functions.endpoints import intake
from tests.functions.http.parsing.test_json_body import is_problem
from tests.journeys.steps import Complaint, Staff, complain, form, submit
from tests.local_run import LocalRun

ODD = [
    "../demo",
    "..%2f..%2fetc/passwd",
    "demo/../demo-tr",
    "demo\0",
    "%00",
    "{}",
    "{0.__class__}",
    "%(name)s",
    "__class__",
    "constructor",
    "' OR 1=1 --",
    "demo#open",
    "site#demo",
    "*",
    "ı" * 300,
    "x" * 7_000,
]
odd = pytest.mark.parametrize("name", ODD, ids=range(len(ODD)))


@odd
def test_s9_an_odd_site_is_an_unknown_one(local_run: LocalRun, name: str) -> None:
    got = local_run.call("GET", f"/v1/form?site={quote(name, safe='')}")
    assert is_problem(got, 422, "invalid")
    assert got.json["errors"][0]["pointer"] == "/site"
    assert local_run.call("GET", f"/v1/challenge?site={quote(name, safe='')}").status == 200
    assert local_run.call("GET", f"/procedure?site={quote(name, safe='')}").status in (404, 422)
    if "\0" not in name:
        sent = intake(local_run).send(form(site=name))
        assert [error["pointer"] for error in sent.json["errors"]] == ["/site"]


@odd
def test_s9_an_odd_language_is_answered_in_the_site_s_own(local_run: LocalRun, name: str) -> None:
    usual = local_run.call("GET", "/v1/form?site=demo-tr&lang=tr").json
    asked = local_run.call("GET", f"/v1/form?site=demo-tr&lang={quote(name, safe='')}")
    assert (asked.status, asked.json) == (200, usual)
    accepted = local_run.call("GET", "/v1/form?site=demo-tr", Accept_Language=quote(name))
    assert (accepted.status, accepted.json) == (200, usual)
    assert local_run.call("GET", f"/?lang={quote(name, safe='')}").status == 200


@pytest.mark.parametrize(
    "accepted",
    ["*", ";q=", "tr;q=x", "tr;q=nan, en;q=inf", "en;q=0", ",,,", "tr" + ",x" * 3_000, "\xff"],
    ids=range(8),
)
def test_s9_an_odd_accept_language_is_no_trouble(local_run: LocalRun, accepted: str) -> None:
    assert local_run.call("GET", "/v1/form?site=demo", Accept_Language=accepted).status == 200


@odd
def test_s9_an_odd_language_of_a_complaint_falls_back(local_run: LocalRun, name: str) -> None:
    """To Turkish there; which of two packs is the stricter one depends on the time of day."""
    if "\0" in name or len(name) > 200:
        assert intake(local_run).send(form(language=name)).status in (400, 422)
        return
    taken = submit(local_run, form(site="demo-tr", language=name))
    assert taken.status == 201
    assert taken.json["promises"][0]["why"] in ("1 iş günü", "8 çalışma saati")


@odd
def test_s9_an_odd_category_is_none(local_run: LocalRun, name: str) -> None:
    got = submit(local_run, form(category=name))
    assert got.status == (400 if "\0" in name else 422)


@odd
def test_s9_an_odd_reference_is_a_mistyped_one(local_run: LocalRun, name: str) -> None:
    typed = quote(name, safe="")
    access = {"Authorization": "Bearer x"}
    assert is_problem(local_run.call("GET", f"/v1/complaints/{typed}", **access), 404, "mistyped-reference")
    desk = Staff(local_run).call("GET", f"/complaints/{typed}")
    assert is_problem(desk, 404, "mistyped-reference")
    assert local_run.call("GET", f"/status/{typed}?t=x").status == 404
    assert local_run.call("GET", f"/problems/{typed}").status == 404


@odd
def test_s9_an_odd_verb_is_no_command(local_run: LocalRun, complaint: Complaint, name: str) -> None:
    got = Staff(local_run).tries(complaint, quote(name, safe=""))
    assert is_problem(got, 404, "not-found")


@odd
def test_s9_odd_values_of_a_query_are_no_trouble(
    local_run: LocalRun, complaint: Complaint, name: str
) -> None:
    value = quote(name, safe="")
    deniz = Staff(local_run)
    for asked in ("queue", "level", "category", "site", "cursor", "limit"):
        assert deniz.call("GET", f"/complaints?{asked}={value}").status in (200, 422)
    assert deniz.call("GET", f"/members?site={value}").status == 200
    assert complaint.call("GET", f"/messages?cursor={value}").status == 422
    assert complaint.call("GET", f"?{value}={value}&{value}").status == 200


@pytest.fixture(scope="module")
def complaint(local_run: LocalRun) -> Complaint:
    return complain(local_run)


@pytest.mark.parametrize("spelt", ["{}", "{} ", "C{}", "c-{}", "{lower}", "{dashes}", "%20{}"])
def test_a_reference_is_read_as_people_write_it(complaint: Complaint, spelt: str) -> None:
    plain = complaint.reference.removeprefix("C-").replace("-", "")
    typed = spelt.format(plain, lower=plain.lower(), dashes=f"{plain[:3]}-{plain[3:]}")
    access = {"Authorization": f"Bearer {complaint.access}"}
    got = complaint.run.call("GET", f"/v1/complaints/{typed.replace(' ', '%20')}", **access)
    assert (got.status, got.json["reference"]) == (200, complaint.reference)
