"""Who comes to the pages of the desk: by the provider, with a session, and with forms of our own pages."""

import re
import uuid
from datetime import timedelta
from urllib.parse import parse_qs, urlencode, urlsplit

import pytest

from complaints.values.people import IDLE
from functions.http import staff_sessions
from tests.journeys.steps import Staff, clock, go_to
from tests.local_run import LocalRun
from tests.pages.desk_client import Desk, below, form_of, signed_in

SIGN_OUT = "/desk/sign-out"


def test_whoever_is_not_signed_in_is_led_to_the_provider_and_back(local_run: LocalRun) -> None:
    desk = Desk(local_run)
    got = desk.get("/desk?queue=mine&limit=10")
    assert got.status == 303
    assert got.headers["Location"] == "/desk/sign-in?to=%2Fdesk%3Fqueue%3Dmine%26limit%3D10"
    assert desk.sign_in(to="/desk?queue=mine").headers["Location"] == "/desk?queue=mine"
    assert desk.get("/desk").status == 200


def test_the_provider_is_asked_by_the_code_flow_with_pkce(local_run: LocalRun) -> None:
    asked = [Desk(local_run).get("/desk/sign-in").headers["Location"] for _ in range(2)]
    first, second = (parse_qs(urlsplit(address).query) for address in asked)
    assert (first["response_type"], first["code_challenge_method"]) == (["code"], ["S256"])
    assert first["redirect_uri"] == [f"{local_run.url}/desk/signed-in"]
    for secret in ("state", "nonce", "code_challenge"):
        assert len(first[secret][0]) == 43
        assert first[secret] != second[secret]


def test_cookies_are_bound_to_the_host_and_out_of_reach_of_scripts(local_run: LocalRun) -> None:
    desk = Desk(local_run)
    begun = desk.get("/desk/sign-in")
    lines = [begun.headers["Set-Cookie"], *(desk.sign_in().headers.get_all("Set-Cookie") or ())]
    assert len(lines) == 3
    for line in lines:
        name, _, attributes = line.partition("=")
        assert name.startswith("__Host-")
        assert attributes.endswith("Path=/; Secure; HttpOnly; SameSite=Lax")
    assert "Max-Age" not in next(line for line in lines if line.startswith("__Host-session"))


@pytest.mark.parametrize(
    "to",
    [
        "https://evil.example",
        "//evil.example",
        "/\\evil.example",
        "/deskevil",
        "/desk\r\nX: y",
        "/",
        "/v1/desk/me",
    ],
)
def test_nobody_is_led_elsewhere_after_signing_in(local_run: LocalRun, to: str) -> None:
    assert Desk(local_run).sign_in(to=to).headers["Location"] == "/desk"


def test_signing_in_again_ends_the_session_that_was_there(local_run: LocalRun) -> None:
    """Wherever else its cookie is: on a machine that was left, or with somebody who set it (fixation)."""
    desk = signed_in(local_run)
    other = Desk(local_run, dict(desk.cookies))
    assert other.get("/desk").status == 200
    desk.sign_in("Robin")
    assert (desk.get("/desk").status, other.get("/desk").status) == (200, 303)


def test_whoever_left_a_session_is_asked_by_the_provider_anew(moving_run: LocalRun) -> None:
    desk = signed_in(moving_run)
    asked = urlsplit(desk.get("/desk/sign-in").headers["Location"])
    assert "max_age" not in parse_qs(asked.query), "the session goes on"
    go_to(moving_run, clock(moving_run) + IDLE)
    left = Desk(moving_run, dict(desk.cookies))
    wish = parse_qs(urlsplit(desk.get("/desk/sign-in").headers["Location"]).query)
    assert (wish["max_age"], wish["prompt"]) == (["1800"], ["login"])
    desk.sign_in()
    assert desk.get("/desk").status == 200
    desk.sign_out()
    assert "max_age" not in desk.get("/desk/sign-in").headers["Location"], "nothing was left here"
    assert left.get("/desk").status == 303


def test_whoever_signed_out_is_asked_by_the_provider_anew(local_run: LocalRun) -> None:
    """At a machine that several people use it would else let the next one in as the one before."""
    desk = signed_in(local_run)
    desk.sign_out()
    wish = parse_qs(urlsplit(desk.get("/desk/sign-in").headers["Location"]).query)
    assert (wish["prompt"], "max_age" in wish) == (["login"], False)
    desk.sign_in("Robin")
    assert "prompt" not in parse_qs(urlsplit(desk.get("/desk/sign-in").headers["Location"]).query)


def test_a_browser_remembers_that_somebody_signed_out_for_longer_than_a_night() -> None:
    """Providers know people for weeks; who comes to a shared machine in the morning is not who left it."""
    lasts = re.search(r"Max-Age=(\d+);", staff_sessions.signed_out_cookie())
    assert lasts
    assert timedelta(seconds=int(lasts[1])) >= timedelta(days=90)


def arrives(desk: Desk, **changes: str) -> int:
    """Somebody comes back from the provider with other words than those that were given."""
    wish = urlsplit(desk.get("/desk/sign-in").headers["Location"])
    choice = {name: values[0] for name, values in parse_qs(wish.query).items()}
    chosen = desk.post(wish.path, [*choice.items(), ("name", "Deniz"), ("role", "agent")])
    context = {
        name: values[0] for name, values in parse_qs(urlsplit(chosen.headers["Location"]).query).items()
    }
    return desk.get(f"/desk/signed-in?{urlencode(context | changes)}").status


def test_a_sign_in_that_was_begun_elsewhere_is_refused(local_run: LocalRun) -> None:
    """Otherwise a stranger's link would sign somebody in as the stranger (RFC 6749, 10.12)."""
    assert arrives(Desk(local_run)) == 303
    assert arrives(Desk(local_run), state="x") == 401
    assert arrives(Desk(local_run), code="x") == 401
    assert arrives(Desk(local_run), code="") == 401
    assert Desk(local_run).get("/desk/signed-in?code=x&state=y").status == 401


def test_a_code_is_good_for_one_sign_in(local_run: LocalRun) -> None:
    desk = Desk(local_run)
    wish = urlsplit(desk.get("/desk/sign-in").headers["Location"])
    choice = [(name, values[0]) for name, values in parse_qs(wish.query).items()]
    place = desk.post(wish.path, [*choice, ("name", "Deniz"), ("role", "agent")]).headers["Location"]
    seed = desk.cookies.copy()
    assert desk.get(below(local_run, place)).status == 303
    assert Desk(local_run, seed).get(below(local_run, place)).status == 401


def test_each_sign_in_begins_another_session(local_run: LocalRun) -> None:
    desk = signed_in(local_run)
    before = desk.cookies["__Host-session"]
    desk.sign_in()
    assert desk.cookies["__Host-session"] != before


def test_signing_out_ends_the_session_wherever_its_cookie_is(local_run: LocalRun) -> None:
    desk = signed_in(local_run)
    stolen = Desk(local_run, desk.cookies.copy())
    assert stolen.get("/desk").status == 200
    assert desk.sign_out().headers["Location"] == "/desk/signed-out"
    assert desk.cookies["__Host-session"] == ""
    assert stolen.get("/desk").status == 303


@pytest.mark.parametrize("cookie", ["", "x", "a.b.c", "%00", "ş", "x" * 5_000, "AAAA" * 20, "=" * 40])
def test_what_is_no_session_lets_nobody_in(local_run: LocalRun, cookie: str) -> None:
    desk = Desk(local_run, {"__Host-session": cookie.encode().decode("latin-1")})
    assert desk.get("/desk").status == 303


def test_a_changed_cookie_lets_nobody_in(local_run: LocalRun) -> None:
    whole = signed_in(local_run).cookies["__Host-session"]
    for place in (0, 21, 40, len(whole) - 1):
        letter = "A" if whole[place] != "A" else "B"
        changed = whole[:place] + letter + whole[place + 1 :]
        assert Desk(local_run, {"__Host-session": changed}).get("/desk").status == 303


def test_a_cookie_of_an_attempt_is_no_session(local_run: LocalRun) -> None:
    desk = Desk(local_run)
    desk.get("/desk/sign-in")
    assert Desk(local_run, {"__Host-session": desk.cookies["__Host-signing-in"]}).get("/desk").status == 303


def test_the_api_takes_no_cookie_and_pages_take_no_token(local_run: LocalRun) -> None:
    desk = signed_in(local_run)
    assert desk.get("/v1/desk/me").status == 401
    bearer = f"Bearer {Staff(local_run).token()}"
    assert Desk(local_run).get("/desk", Authorization=bearer).status == 303


@pytest.mark.parametrize(
    "headers",
    [
        {"Sec_Fetch_Site": "cross-site"},
        {"Sec_Fetch_Site": "same-site"},
        {"Sec_Fetch_Site": "none"},
        {"Origin": "https://stranger.example"},
        {"Origin": "https://stranger.example", "Sec_Fetch_Site": ""},
        {"Origin": "null", "Sec_Fetch_Site": ""},
        {"Origin": "", "Sec_Fetch_Site": ""},
    ],
    ids=str,
)
def test_a_form_of_another_page_is_refused(local_run: LocalRun, headers: dict[str, str]) -> None:
    desk = signed_in(local_run)
    got = desk.post(SIGN_OUT, [("form", desk.token())], **headers)
    assert got.status == 403
    assert desk.get("/desk").status == 200


def test_a_browser_that_tells_only_the_origin_is_let_in(local_run: LocalRun) -> None:
    desk = signed_in(local_run)
    got = desk.post(SIGN_OUT, [("form", desk.token())], Origin=local_run.url, Sec_Fetch_Site="")
    assert got.status == 303


def test_a_form_of_another_session_is_not_carried_out_and_can_be_sent_again(local_run: LocalRun) -> None:
    desk, other = signed_in(local_run), signed_in(local_run, "Robin")
    got = desk.post(SIGN_OUT, [("form", other.token()), ("text", "Two <b>words</b>")])
    assert got.status == 403
    assert "Two &lt;b&gt;words&lt;/b&gt;" in got.text
    assert desk.get("/desk").status == 200
    fields, action = form_of(got, SIGN_OUT)
    assert ("text", "Two <b>words</b>") in fields
    assert desk.post(action, fields).status == 303
    assert Desk(local_run, desk.cookies.copy()).get("/desk").status == 303


def test_a_form_sent_while_signed_out_keeps_what_was_typed(local_run: LocalRun) -> None:
    desk = signed_in(local_run)
    fields = [("form", desk.token()), ("text", "A long thought")]
    desk.sign_out()
    got = desk.post(SIGN_OUT, fields)
    assert got.status == 401
    assert "A long thought" in got.text
    assert "/desk/sign-in" in got.text


def test_a_session_ends_when_nobody_was_seen_and_after_eight_hours(moving_run: LocalRun) -> None:
    desk = signed_in(moving_run)
    began = clock(moving_run)
    go_to(moving_run, began + timedelta(minutes=25))
    assert desk.get("/desk").status == 200
    go_to(moving_run, began + timedelta(minutes=50))
    assert desk.get("/desk").status == 200
    go_to(moving_run, began + timedelta(minutes=89))
    assert desk.get("/desk").status == 303
    desk.sign_in()
    began = clock(moving_run)
    for step in range(1, 20):
        go_to(moving_run, began + timedelta(minutes=25 * step))
        assert desk.get("/desk").status == 200
    go_to(moving_run, began + timedelta(hours=8))
    assert desk.get("/desk").status == 303


def test_a_sign_in_that_takes_too_long_begins_anew(moving_run: LocalRun) -> None:
    desk = Desk(moving_run)
    wish = urlsplit(desk.get("/desk/sign-in").headers["Location"])
    go_to(moving_run, clock(moving_run) + timedelta(minutes=11))
    state = parse_qs(wish.query)["state"][0]
    assert desk.get(f"/desk/signed-in?code=x&state={state}").status == 401


def test_s16_who_is_deactivated_loses_the_pages_with_the_next_request(local_run: LocalRun) -> None:
    name = f"Gone {uuid.uuid4().hex[:8]}"
    desk = signed_in(local_run, name, "agent")
    assert desk.get("/desk").status == 200
    admin = Staff(local_run, "Kim", "admin")
    got = admin.call(
        "POST",
        f"/settings/member/{name.replace(' ', '%20')}/commands/deactivate",
        {"reason": "Has left."},
        If_Match='"1"',
    )
    assert got.status == 200, got.text
    assert desk.get("/desk").status == 403


def test_the_chosen_language_stays(local_run: LocalRun) -> None:
    desk = signed_in(local_run)
    assert 'lang="tr"' in desk.get("/desk?lang=tr").text
    assert '<html lang="tr"' in desk.get("/desk").text
    desk.get("/desk?lang=no-such")
    assert '<html lang="tr"' in desk.get("/desk").text


@pytest.mark.parametrize(
    ("role", "home"),
    [("agent", "/desk"), ("auditor", "/desk"), ("admin", "/desk/settings")],
)
def test_whoever_comes_to_the_desk_is_led_where_there_is_something_to_do(
    local_run: LocalRun, role: str, home: str
) -> None:
    desk = Desk(local_run)
    arrived = desk.sign_in(f"Home {role}", role)
    assert below(local_run, arrived.headers["Location"]) == home
    assert desk.get(home).status == 200
    in_turkish = Desk(local_run).sign_in(f"Home {role}", role, to="/desk?lang=tr")
    assert below(local_run, in_turkish.headers["Location"]) == f"{home}?lang=tr"


@pytest.mark.parametrize(
    ("role", "way", "places"),
    [
        ("admin", "/desk/setup", ["records", "retention", "embed", "texts", "automations"]),
        ("privacy", "Ask an administrator", ["records", "retention", "access"]),
    ],
)
def test_who_serves_no_site_is_told_so_at_every_place_and_led_on(
    local_run: LocalRun, role: str, way: str, places: list[str]
) -> None:
    desk = Desk(local_run)
    assert desk.sign_in(f"Newcomer {uuid.uuid4().hex}", role, sites=()).status == 303
    for place in places:
        page = desk.get(f"/desk/{place}")
        assert (page.status, "There is no site for you yet" in page.text, way in page.text) == (
            200,
            True,
            True,
        ), place
    assert "There is no site" not in desk.get("/desk/mail").text, "it is not theirs with a site either"
