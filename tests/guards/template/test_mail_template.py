"""SES may send and receive as us: each domain is proven by DKIM, and what became of a mail is told."""

import json

import pytest

from complaints.adapters.mail import ses_events
from infrastructure.template.data_stack import OUTPUTS
from infrastructure.template.mail import RECORDS, identities, mail
from infrastructure.template.parameters import CONDITIONS
from infrastructure.template.storage.database import table_key
from tests.guards.package.built_package import ROOT

DOMAINS = {"Sender": "SenderIdentity", "Inbox": "Inbox"}


@pytest.mark.parametrize("whose", DOMAINS)
def test_a_domain_is_proven_by_dkim(whose: str) -> None:
    made = identities()[f"{whose}Domain"]
    assert made["Condition"] in CONDITIONS
    assert made["Properties"]["EmailIdentity"] == {"Ref": DOMAINS[whose]}
    assert made["Properties"]["DkimAttributes"] == {"SigningEnabled": True}


@pytest.mark.parametrize("whose", DOMAINS)
@pytest.mark.parametrize("number", RECORDS)
def test_an_operator_is_told_each_record_of_dkim(whose: str, number: int) -> None:
    found = OUTPUTS[f"{whose}Dkim{number}"]
    assert found["Condition"] == identities()[f"{whose}Domain"]["Condition"]
    assert f"DkimDNSTokenName{number}" in json.dumps(found)
    assert f"DkimDNSTokenValue{number}" in json.dumps(found)


@pytest.mark.parametrize("topic", ["MailEvents", "MailReceived"])
def test_what_is_told_of_mail_is_encrypted_with_a_key_that_ses_may_use(topic: str) -> None:
    """SES drops what it may not encrypt; the key of AWS's own for topics lets it use nothing."""
    assert mail()[topic]["Properties"]["KmsMasterKeyId"] == {"Ref": "TableKey"}
    statements = table_key()["Properties"]["KeyPolicy"]["Statement"]
    [allowed] = [each for each in statements if each["Principal"] == {"Service": "ses.amazonaws.com"}]
    assert {"kms:Decrypt", "kms:GenerateDataKey"} <= set(allowed["Action"])


def test_all_that_can_become_of_a_mail_is_told() -> None:
    """SES names the kinds in capitals where it is asked for them, and in words where it tells of one."""
    destination = mail()["MailEventsDestination"]["Properties"]["EventDestination"]
    asked = {kind.replace("_", "").casefold() for kind in destination["MatchingEventTypes"]}
    assert asked == {kind.replace(" ", "").casefold() for kind in ses_events._OUTCOMES}


def test_every_record_is_explained_to_operators() -> None:
    explained = (ROOT / "docs/deploy.md").read_text("utf-8")
    assert [whose for whose in DOMAINS if f"{whose}Dkim{RECORDS[0]}" not in explained] == []
