"""What a first deployment has to be told: asked at a terminal, or said by variables where there is none."""

import json
import re
from collections.abc import Callable, Mapping
from typing import Any, NamedTuple

from infrastructure.errors import CannotDeploy

REGION = r"[a-z]{2}(-[a-z]+)+-[0-9]"
ADDRESS = r"[^@\s]+@[^@\s]+\.[^@\s]+"
HOST = r"([a-z0-9-]+\.)+[a-z]{2,}"
CERTIFICATE = r"arn:[\w-]+:acm:us-east-1:\d+:certificate/[\w-]+"
ISSUER = r"https://[^\s]+"
WORD = r"\S+"
EXAMPLES = {
    REGION: "eu-central-1",
    ADDRESS: "ada@example.org",
    HOST: "complaints.example.org",
    CERTIFICATE: "arn:aws:acm:us-east-1:123456789012:certificate/1a2b",
    ISSUER: "https://login.example.org",
    WORD: "answerable, a word without spaces",
}
"""An answer that fits each pattern, for a person whose answer does not."""

Answers = Mapping[str, str]


class Question(NamedTuple):
    """One question: `name` is what the stage file calls the answer, `variable` what says it without a
    terminal. An answer may be empty where `may_be_empty`; the answer of another question is the default where
    `usual` names one."""

    name: str
    variable: str
    text: str
    pattern: str
    may_be_empty: bool = False
    usual: str = ""
    is_asked: Callable[[Answers], bool] = lambda _: True


def _has(name: str) -> Callable[[Answers], bool]:
    return lambda answers: bool(answers.get(name))


QUESTIONS = (
    Question("region", "REGION", "Region of AWS (such as eu-central-1)", REGION),
    Question("Sender", "SENDER", "Address that letters come from", ADDRESS),
    Question(
        "Domain",
        "DOMAIN",
        "Domain of the installation (such as complaints.example.org); empty for an address of CloudFront's",
        HOST,
        may_be_empty=True,
    ),
    Question(
        "Certificate",
        "CERTIFICATE",
        "ARN of the domain's certificate, in us-east-1",
        CERTIFICATE,
        is_asked=_has("Domain"),
    ),
    Question(
        "Issuer",
        "ISSUER",
        "Issuer of the staff's OpenID provider; empty for a user pool that the stack makes",
        ISSUER,
        may_be_empty=True,
    ),
    Question(
        "Audience",
        "AUDIENCE",
        "What the provider calls this application (audience or client id)",
        WORD,
        is_asked=_has("Issuer"),
    ),
    Question("FirstAdministrator", "ADMINISTRATOR", "Mail address of the first administrator", ADDRESS),
    Question(
        "AlarmAddress", "ALARMS", "Address that alarms are mailed to", ADDRESS, usual="FirstAdministrator"
    ),
)


def answered(said: Mapping[str, str], ask: Callable[[str], str] | None) -> dict[str, str]:
    """An answer to each question: what is `said` by variables, else what `ask` gives.

    A wrong answer of a person is asked for again. Raises `CannotDeploy` for a variable that is wrong, and,
    where nobody can be asked, with all variables that are missing.
    """
    answers: dict[str, str] = {}
    missing = []
    for question in QUESTIONS:
        if not question.is_asked(answers):
            continue
        found = _said(question, said)
        if found is None and ask is not None:
            found = _asked(question, answers, ask)
        elif found is None:
            found = "" if question.may_be_empty else answers.get(question.usual)
        if found is None:
            missing.append(f"{question.variable} ({question.text})")
        answers[question.name] = found or ""
    if missing:
        raise CannotDeploy("Nobody can be asked here. Say by variables: " + "; ".join(missing) + ".")
    return answers


def _said(question: Question, said: Mapping[str, str]) -> str | None:
    """What a variable says, or None."""
    text = said.get(question.variable)
    if text is not None and not _fits(question, text):
        raise CannotDeploy(f"{question.variable} is not an answer to: {question.text}.")
    return text


def _asked(question: Question, answers: Answers, ask: Callable[[str], str]) -> str:
    usual = answers.get(question.usual, "")
    refused = ""
    while True:
        text = ask(f"{refused}{question.text}{f' [{usual}]' if usual else ''}: ").strip() or usual
        if _fits(question, text):
            return text
        like = EXAMPLES[question.pattern]
        refused = f"{text} is not what is asked for, which looks like {like}.\n" if text else ""


def _fits(question: Question, text: str) -> bool:
    return (not text and question.may_be_empty) or re.fullmatch(question.pattern, text) is not None


def completed(
    answers: Answers, discovery: Mapping[str, Any] | None, found: Mapping[str, str]
) -> dict[str, str]:
    """The stage file's values: the answers, what the provider publishes of itself, and what was `found` in
    the account.

    Raises `CannotDeploy` for a provider that publishes nothing, because its addresses cannot be known.
    """
    values = {name: value for name, value in answers.items() if value}
    values["SenderIdentity"] = values["Sender"].partition("@")[2]
    if "Issuer" not in values:
        return {**values, **found, "OwnPool": "yes"}
    if discovery is None:
        raise CannotDeploy(f"{values['Issuer']}/.well-known/openid-configuration does not answer.")
    fields = {
        "JwksUrl": "jwks_uri",
        "AuthorizeUrl": "authorization_endpoint",
        "TokenUrl": "token_endpoint",
        "UserinfoUrl": "userinfo_endpoint",
    }
    published = {name: str(discovery[field]) for name, field in fields.items() if discovery.get(field)}
    return {**values, **found, **published}


def stage_text(values: Mapping[str, str]) -> str:
    """The stage file of these values."""
    parameters = "".join(
        f"{name} = {json.dumps(value)}\n" for name, value in sorted(values.items()) if name != "region"
    )
    return (
        "# Written by `make deploy`; example.toml beside it explains each value, and names the others.\n\n"
        f"region = {json.dumps(values['region'])}\n\n[parameters]\n{parameters}"
    )
