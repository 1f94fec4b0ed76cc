"""From nothing to an installation with a user pool of its own: by the questions of `make deploy`, alone."""

import html
import json
import re
import secrets
import sys
import uuid
from html.parser import HTMLParser
from urllib.parse import parse_qs, urlencode, urljoin, urlsplit

import boto3

from complaints.adapters.identity.oidc_login import SCOPE, challenge_of
from complaints.values.people import Role
from functions.desk.session.sign_in import ARRIVAL, SETUP
from infrastructure.deployment.pool_users import Pool
from infrastructure.deployment.questions import QUESTIONS
from infrastructure.deployment.stage_file import read_stage
from infrastructure.rehearsal.commands import answered_at_terminal, environment_of
from infrastructure.rehearsal.environment import REGION
from infrastructure.rehearsal.installation import Answer, Installation, check, until
from infrastructure.rehearsal.steps.deployment import SITE, SITE_RECORD
from infrastructure.rehearsal.steps.desk import FORM, cookies

NAME = "alone"
"""The stage of this installation."""
FIRST, COLLEAGUE = "Ada@Example.org", "grace@example.org"
PASSWORD = "four plain words here"  # noqa: S105  # of people who exist in the rehearsal alone
INVITATION = {
    "name": "Grace",
    "email": COLLEAGUE,
    "roles": ["agent", "reviewer"],
    "sites": [SITE],
    "letter_language": "en",
    "reason": "Begins on Monday.",
}


def deploy_by_questions(installation: Installation) -> None:
    """from nothing: `make deploy` asks a volunteer, says what it will make and cost, and makes a user pool"""
    folder = installation.stages
    folder.mkdir(exist_ok=True)
    answers = {"region": REGION, "Sender": "help@example.org", "FirstAdministrator": FIRST}
    asked = [question for question in QUESTIONS if question.is_asked(answers)]
    command = [sys.executable, "-m", "infrastructure.cli.deploy", NAME, "--unchecked"]
    said = answered_at_terminal(
        [*command, "--package", str(installation.packages.first)],
        [*(answers.get(question.name, "") for question in asked), "y"],
        installation.root,
        environment_of(folder),
    )
    expected = [question.text for question in asked]
    expected += [str(folder / f"{NAME}.toml"), "Cognito::UserPool", "While nobody complains", "Deploy?"]
    places = [said.find(text) for text in expected]
    check(-1 not in places and places == sorted(places), f"{expected} is not what was asked: {said}")
    installation.alone = installation.beside(read_stage(NAME, folder))
    check(f"Url: {installation.alone.url}" in said, "nobody was told where it answers")


def begin_alone(installation: Installation) -> None:
    """the first administrator is invited by mail, chooses a password, and is led through setting up a site"""
    alone = installation.alone
    pool = _pool(alone)
    stands = pool.client.describe_user_pool(UserPoolId=pool.id)["UserPool"]
    check(stands["AdminCreateUserConfig"]["AllowAdminCreateUserOnly"], "people sign up by themselves")
    pool.invite(FIRST, Role)
    check(pool.invite(FIRST, Role) and len(alone.letters(FIRST)) == 2, "no second mail for who has lost it")
    arrived = _signed_in(alone, FIRST, _password_in_mail(alone, FIRST))
    place = urlsplit(arrived.headers["Location"]).path
    check(place == SETUP, f"the first administrator was led to {place}")
    page = alone.call("GET", SETUP, None, cookies(arrived.headers["Set-Cookie"]))
    check(page.status == 200, f"the page to set up a site was answered with {page.status}")


def invite_colleague(installation: Installation) -> None:
    """a colleague is invited by desk and pool, and may do what both allow; only access tokens open the API"""
    alone = installation.alone
    tokens = _tokens(alone, FIRST)
    refused = alone.call("GET", "/v1/desk/me", None, _bearer(tokens["id_token"]))
    check(refused.status == 401, f"an ID token was answered with {refused.status}")
    first = _bearer(tokens["access_token"])
    roles = alone.takes("GET", "/v1/desk/me", None, first)["roles"]
    check(set(roles) == set(Role), f"the first administrator is {roles}")
    first |= {"If-Match": '"0"'}
    shop = {name: said for name, said in SITE_RECORD.items() if name != "key"} | {"reason": "It opens."}
    alone.takes("POST", f"/v1/desk/settings/site/{SITE}/commands/add", shop, first)
    alone.takes("POST", f"/v1/desk/settings/invitation/{uuid.uuid4().hex}/commands/send", INVITATION, first)
    alone.command("-m", "infrastructure.cli.invite", NAME, COLLEAGUE, Role.AGENT)
    arrived = _signed_in(alone, COLLEAGUE, _password_in_mail(alone, COLLEAGUE))
    page = alone.call("GET", "/desk", None, cookies(arrived.headers["Set-Cookie"]))
    check(page.status == 200, f"the desk was answered with {page.status}")
    colleague = _bearer(_tokens(alone, COLLEAGUE)["access_token"])
    check(alone.takes("GET", "/v1/desk/me", None, colleague)["roles"] == ["agent"], "not what both allow")
    boto3.client("cognito-idp").admin_disable_user(UserPoolId=alone.outputs["StaffPool"], Username=COLLEAGUE)
    again = _at_sign_in(alone, _asked(alone).headers["Location"], COLLEAGUE, PASSWORD)
    check(again.status == 200, "somebody whom the pool knows no more signed in")


def _pool(alone: Installation) -> Pool:
    return Pool(boto3.client("cognito-idp"), alone.outputs["StaffPool"])


def _password_in_mail(alone: Installation, address: str) -> str:
    """The password of the invitation, which names the desk, too."""

    def found() -> str | None:
        for mail in reversed(alone.letters(address)):
            body = json.dumps(mail)
            if match := re.search(r"<p>([^<> ]{8,})</p>", body):
                check(f"{alone.url}/desk" in body, "the invitation does not say where to sign in")
                return html.unescape(json.loads(f'"{match[1]}"'))
        return None

    return until(found, f"{address} is invited")


def _signed_in(alone: Installation, address: str, password: str) -> Answer:
    """What the desk answers who came back from the pool, at whose page they chose their own password."""
    asked = _asked(alone)
    page = _at_sign_in(alone, asked.headers["Location"], address, password)
    check(page.status == 200, f"the password of the invitation was answered with {page.status}")
    chosen = _submitted(
        alone, asked.headers["Location"], page, new_password=PASSWORD, confirm_password=PASSWORD
    )
    check(chosen.status in (302, 303), f"a password of one's own was answered with {chosen.status}")
    back = chosen.headers["Location"]
    check(back.startswith(alone.url + ARRIVAL), "the pool sends people elsewhere")
    arrived = alone.call("GET", back, None, cookies(asked.headers["Set-Cookie"]))
    check(arrived.status == 303, f"who came back from the pool was answered with {arrived.status}")
    return arrived


def _asked(alone: Installation) -> Answer:
    asked = alone.call("GET", "/desk/sign-in")
    check(asked.status == 303, f"signing in was answered with {asked.status}")
    return asked


def _at_sign_in(alone: Installation, address: str, name: str, password: str) -> Answer:
    page = alone.ask("GET", address)
    check(page.status == 200, f"the pool's page was answered with {page.status}")
    return _submitted(alone, address, page, username=name, password=password)


def _tokens(alone: Installation, name: str) -> dict[str, str]:
    """Tokens as a program of somebody's own gets them, who has a password by now."""
    wish = parse_qs(urlsplit(_asked(alone).headers["Location"]).query)
    verifier = secrets.token_urlsafe(48)
    back = {"client_id": wish["client_id"][0], "redirect_uri": wish["redirect_uri"][0]}
    asked = {"response_type": "code", "scope": SCOPE, "code_challenge_method": "S256"}
    query = urlencode(back | asked | {"code_challenge": challenge_of(verifier)})
    signed_in = _at_sign_in(alone, f"{alone.endpoint}/oauth2/authorize?{query}", name, PASSWORD)
    [code] = parse_qs(urlsplit(signed_in.headers["Location"]).query)["code"]
    form = back | {"grant_type": "authorization_code", "code": code, "code_verifier": verifier}
    got = alone.ask("POST", f"{alone.endpoint}/oauth2/token", urlencode(form).encode(), FORM)
    check(got.status == 200, f"a code was answered with {got.status}")
    found: dict[str, str] = got.json
    return found


def _bearer(token: str) -> dict[str, str]:
    return {"Authorization": f"Bearer {token}"}


def _submitted(alone: Installation, address: str, page: Answer, **typed: str) -> Answer:
    """What the one form of a page is answered with, with what was `typed`."""
    form = _Form()
    form.feed(page.body.decode())
    body = urlencode(form.fields | typed).encode()
    return alone.ask("POST", urljoin(address, form.action), body, FORM)


class _Form(HTMLParser):
    """The address of a page's form, and what it brings along by itself."""

    def __init__(self) -> None:
        super().__init__()
        self.action = ""
        self.fields: dict[str, str] = {}

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        found = {name: value or "" for name, value in attrs}
        if tag == "form":
            self.action = found["action"]
        if tag == "input" and "name" in found:
            self.fields[found["name"]] = found.get("value", "")
