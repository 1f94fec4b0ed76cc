"""Mail: what is wrong is said with the record or the command that mends it."""

from typing import Any

import pytest

from infrastructure.doctor import mail
from infrastructure.doctor.line import State

NAME = "example.org"
TOKENS = ["a1", "b2", "c3"]
RECORDS = {token: f"{token}.dkim.amazonses.com." for token in TOKENS}


def identity(**changes: Any) -> dict[str, Any]:
    return {
        "IdentityType": "DOMAIN",
        "VerifiedForSendingStatus": True,
        "DkimAttributes": {"SigningEnabled": True, "Status": "SUCCESS", "Tokens": TOKENS},
        "MailFromAttributes": {"MailFromDomain": "mail.example.org", "MailFromDomainStatus": "SUCCESS"},
    } | changes


def account(**changes: Any) -> dict[str, Any]:
    return {
        "ProductionAccessEnabled": True,
        "SendingEnabled": True,
        "EnforcementStatus": "HEALTHY",
        "SendQuota": {"Max24HourSend": 50_000.0, "MaxSendRate": 14.0, "SentLast24Hours": 10.0},
    } | changes


def dkim(status: str, **more: str) -> dict[str, Any]:
    return identity(DkimAttributes={"Status": status, "Tokens": TOKENS} | more)


@pytest.mark.parametrize(
    ("found", "makes_it", "state"),
    [
        (identity(), False, State.WELL),
        (identity(VerifiedForSendingStatus=False), False, State.WRONG),
        (None, True, State.LATER),
        (None, False, State.WRONG),
    ],
)
def test_the_sender_is_known_to_ses(found: Any, makes_it: bool, state: State) -> None:
    assert mail.identity(NAME, found, makes_it=makes_it).state is state


def test_each_missing_dkim_record_is_named() -> None:
    found = mail.dkim(NAME, dkim("PENDING"), RECORDS | {"b2": "elsewhere."})
    assert found.state is State.WRONG
    assert found.mend == "set b2._domainkey.example.org CNAME b2.dkim.amazonses.com"


@pytest.mark.parametrize(
    ("status", "state"),
    [("SUCCESS", State.WELL), ("PENDING", State.LATER), ("FAILED", State.WRONG)],
)
def test_with_its_records_dkim_is_what_ses_says(status: str, state: State) -> None:
    assert mail.dkim(NAME, dkim(status), RECORDS).state is state


def test_what_ses_verified_is_well_whatever_the_records_are_called() -> None:
    assert mail.dkim(NAME, dkim("SUCCESS"), {}).state is State.WELL


def test_the_records_lead_to_where_the_region_has_its_keys() -> None:
    zone = "x7.dkim.eu-central-2.amazonses.com"
    waiting = dkim("PENDING", SigningHostedZone=zone)
    assert mail.dkim(NAME, waiting, {token: f"{token}.{zone}." for token in TOKENS}).state is State.LATER
    assert f"a1._domainkey.example.org CNAME a1.{zone}" in mail.dkim(NAME, waiting, RECORDS).mend


@pytest.mark.parametrize(
    ("status", "state"),
    [("SUCCESS", State.WELL), ("PENDING", State.LATER), ("FAILED", State.WRONG)],
)
def test_a_key_of_ones_own_has_no_aliases(status: str, state: State) -> None:
    found = mail.dkim(NAME, dkim(status, SigningAttributesOrigin="EXTERNAL"), {})
    assert found.state is state
    assert "CNAME" not in found.mend


def test_an_address_without_its_domain_has_no_dkim_of_ours() -> None:
    assert mail.dkim("a@example.org", identity(), {}).state is State.LATER


def test_the_records_of_mail_from_are_those_of_the_region() -> None:
    waiting = {"MailFromDomain": "mail.example.org", "MailFromDomainStatus": "PENDING"}
    found = mail.mail_from(NAME, identity(MailFromAttributes=waiting), "eu-west-1")
    assert "feedback-smtp.eu-west-1.amazonses.com" in found.mend
    assert mail.mail_from(NAME, identity(), "eu-west-1").state is State.WELL
    assert mail.mail_from(NAME, None, "eu-west-1").state is State.LATER


@pytest.mark.parametrize(
    ("texts", "state"),
    [
        ({"_dmarc.in.example.org": [], "_dmarc.example.org": ["v=DMARC1; p=none"]}, State.WELL),
        ({"_dmarc.example.org": ["google-site-verification=x"]}, State.WRONG),
        ({"_dmarc.example.org": ["v=DMARC1; p=none", "v=DMARC1; p=reject"]}, State.WRONG),
        ({"_dmarc.example.org": []}, State.WRONG),
    ],
)
def test_one_dmarc_policy_is_found_at_the_domain_or_above(texts: Any, state: State) -> None:
    assert mail.dmarc(NAME, texts).state is state


@pytest.mark.parametrize(
    ("has_access", "says_sandbox", "state", "mend"),
    [
        (True, False, State.WELL, ""),
        (False, False, State.WRONG, 'InSandbox = "yes"'),
        (False, True, State.WRONG, "production access"),
        (True, True, State.WRONG, 'InSandbox = "no"'),
    ],
)
def test_the_stage_file_says_whether_ses_is_in_its_sandbox(
    has_access: bool, says_sandbox: bool, state: State, mend: str
) -> None:
    found = mail.sandbox(account(ProductionAccessEnabled=has_access), says_sandbox=says_sandbox)
    assert (found.state, mend in found.mend) == (state, True)


@pytest.mark.parametrize(
    ("changes", "state"),
    [
        ({}, State.WELL),
        ({"SendingEnabled": False}, State.WRONG),
        ({"EnforcementStatus": "PROBATION"}, State.WRONG),
        ({"EnforcementStatus": "SHUTDOWN"}, State.WRONG),
        (
            {"SendQuota": {"Max24HourSend": 200.0, "MaxSendRate": 1.0, "SentLast24Hours": 160.0}},
            State.WRONG,
        ),
        ({"SendQuota": {"Max24HourSend": -1, "MaxSendRate": 1.0, "SentLast24Hours": 9.0}}, State.WELL),
    ],
)
def test_ses_lets_the_account_send(changes: Any, state: State) -> None:
    assert mail.standing(account(**changes), 0).state is state


@pytest.mark.parametrize(
    ("a_second", "is_in_sandbox", "state"),
    [(14, False, State.WELL), (15, False, State.WRONG), (15, True, State.WELL), (0, False, State.WELL)],
)
def test_the_pace_of_letters_is_no_faster_than_what_ses_takes(
    a_second: int, is_in_sandbox: bool, state: State
) -> None:
    found = mail.standing(account(ProductionAccessEnabled=not is_in_sandbox), a_second)
    assert found.state is state
    assert ('`LettersPerSecond = "14"`' in found.mend) is (state is State.WRONG)


OURS = "answerable-prod-mail"


@pytest.mark.parametrize(
    ("active", "is_deployed", "state", "mend"),
    [
        (OURS, True, State.WELL, ""),
        (None, True, State.WRONG, f"set-active-receipt-rule-set --rule-set-name {OURS}"),
        ("shop-rules", True, State.WRONG, f"copy the rule `take-mail` of {OURS} into shop-rules"),
        ("shop-rules", False, State.LATER, ""),
    ],
)
def test_an_active_rule_set_of_somebody_else_is_never_replaced_silently(
    active: str | None, is_deployed: bool, state: State, mend: str
) -> None:
    found = mail.receipt_rules(OURS, active, takes_mail=True, is_deployed=is_deployed)
    assert (found.state, mend in found.mend) == (state, True)
    if active and active != OURS:
        assert active in found.says


def test_without_an_inbox_no_rule_set_is_asked_for() -> None:
    assert mail.receipt_rules(OURS, None, takes_mail=False, is_deployed=True).state is State.WELL
    assert mail.inbox("", "eu-west-1").state is State.WELL


@pytest.mark.parametrize(
    ("exchangers", "state"),
    [
        (["inbound-smtp.eu-west-1.amazonaws.com."], State.WELL),
        (["inbound-smtp.eu-west-1.amazonaws.com.", "mx.else.example."], State.WRONG),
        ([], State.WRONG),
    ],
)
def test_mail_to_the_inbox_goes_to_ses_alone(exchangers: list[str], state: State) -> None:
    assert mail.inbox("in.example.org", "eu-west-1", exchangers, ["192.0.2.7"]).state is state
