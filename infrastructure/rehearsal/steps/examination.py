"""Doctor, before there is a stack and after it: DNS and provider are those of the walk."""

from collections.abc import Sequence
from typing import Any

import boto3

from infrastructure.doctor.examination import CHECKS, Patient, examine
from infrastructure.doctor.line import Line, State
from infrastructure.doctor.mail import RECEIVER
from infrastructure.rehearsal.installation import Installation, check

Zone = dict[tuple[str, str], list[str]]
"""Records by name and kind."""
EMPTY: Zone = {}
MADE_LATER = {"stack", "data", "keys", "alarms", "sender", "receipt rules"}


class WalkedNetwork:
    """The DNS as an operator has filled it, and the provider of the rehearsal."""

    def __init__(self, installation: Installation, zone: Zone) -> None:
        self._keeper, self._zone = installation.provider.keeper, zone

    def records(self, name: str, kind: str) -> Sequence[str]:
        """See `Network`."""
        return self._zone.get((name, kind), ())

    def document(self, url: str) -> Any:
        """See `Network`."""
        return self._keeper.jwks() if url == self._keeper.jwks_url else self._keeper.discovery()


def examine_before(installation: Installation) -> None:
    """doctor finds before anything stands what is missing in the DNS, and what the stack will make"""
    found = _examined(installation, EMPTY)
    late = {name for name, line in found.items() if line.state is State.LATER}
    check(late >= MADE_LATER, f"only {sorted(late)} come later")
    check({"DMARC", "inbox"} <= _wrong(found), f"{sorted(_wrong(found))} are wrong")


def examine_after(installation: Installation) -> None:
    """doctor finds the stack, its keys and its provider well, and each record of the DNS that was set"""
    region, sender = installation.stage.region, installation.stage.parameters["SenderIdentity"]
    inbox = installation.stage.parameters["Inbox"]
    identity = boto3.client("sesv2").get_email_identity(EmailIdentity=sender)
    zone: Zone = {
        (f"_dmarc.{sender}", "TXT"): ["v=DMARC1; p=quarantine"],
        (inbox, "MX"): [RECEIVER.format(region)],
        (RECEIVER.format(region), "A"): ["192.0.2.7"],
    } | {
        (f"{token}._domainkey.{sender}", "CNAME"): [f"{token}.dkim.amazonses.com."]
        for token in identity["DkimAttributes"].get("Tokens", [])
    }
    found = _examined(installation, zone)
    expected = (
        "stack",
        "data",
        "keys",
        "DMARC",
        "inbox",
        "certificate",
        "domain",
        "provider",
        "provider's keys",
    )
    unwell = {name: found[name].text for name in expected if found[name].state is not State.WELL}
    check(not unwell, f"{unwell}")


def _examined(installation: Installation, zone: Zone) -> dict[str, Line]:
    session = boto3.Session(region_name=installation.stage.region)
    found = dict(examine(Patient(installation.stage, session, WalkedNetwork(installation, zone))))
    check(list(found) == [each.name for each in CHECKS], "a check said nothing")
    return found


def _wrong(found: dict[str, Line]) -> set[str]:
    return {name for name, line in found.items() if line.state is State.WRONG}
