"""Mail: whether SES may send and receive as us, and whether receivers believe it. Each judges what was
answered."""

from collections.abc import Collection, Mapping, Sequence
from typing import Any

from infrastructure.doctor.line import Line, later, well, wrong

DONE, WAITS = "SUCCESS", ("PENDING", "NOT_STARTED", "TEMPORARY_FAILURE")
DKIM_HOST, OWN_KEY = "dkim.amazonses.com", "EXTERNAL"
MOSTLY_USED = 0.8
RECEIVER = "inbound-smtp.{}.amazonaws.com"
"""The host that takes in mail, by its region. No DNS knows that of a region in which SES receives none."""
Answer = Mapping[str, Any]


def identity(name: str, found: Answer | None, *, makes_it: bool) -> Line:
    """Whether SES knows the sender as ours (GetEmailIdentity)."""
    if found is None and makes_it:
        return later(f"The stack makes the identity {name}; then its DNS records are printed.")
    if found is None:
        return wrong(
            f"SES does not know {name} in this region.",
            'say `MakesIdentities = "yes"` for a domain, or verify it there (SES → Identities).',
        )
    if found["VerifiedForSendingStatus"]:
        return well(f"SES sends as {name}.")
    return wrong(f"SES has not verified {name} yet: letters wait.", "set the DNS records of DKIM, below.")


def dkim(name: str, found: Answer | None, aliases: Mapping[str, str]) -> Line:
    """Whether letters are signed: by SES's word, or by the three records of a domain that it waits for, and
    what DNS says by their names. Where they lead to differs by region."""
    if found is None or "@" in name:
        return later("DKIM is that of the domain, once SES knows it.")
    attributes = found["DkimAttributes"]
    status, tokens = attributes.get("Status", ""), attributes.get("Tokens", [])
    if status == DONE:
        return well(f"Letters of {name} are signed by DKIM.")
    if attributes.get("SigningAttributesOrigin") == OWN_KEY:
        return _own_dkim(name, status, tokens)
    host = attributes.get("SigningHostedZone") or DKIM_HOST
    missing = [
        f"{token}._domainkey.{name} CNAME {token}.{host}"
        for token in tokens
        if aliases.get(token, "").rstrip(".").casefold() != f"{token}.{host}".casefold()
    ]
    if missing:
        return wrong(
            f"{len(missing)} DKIM records of {name} are not in its DNS.", "set " + "; ".join(missing)
        )
    if status in WAITS:
        return later(f"The DKIM records of {name} stand in its DNS; SES looks within hours ({status}).")
    return wrong(
        f"SES gave up on the DKIM records of {name} ({status}), which stand now.",
        f"aws sesv2 put-email-identity-dkim-attributes --email-identity {name} --signing-enabled",
    )


def _own_dkim(name: str, status: str, selectors: Sequence[str]) -> Line:
    """DKIM with a key of the domain's own, whose public half stands in its DNS: there is nothing to alias."""
    if status in WAITS:
        return later(f"SES looks for the DKIM key of your own of {name} within hours ({status}).")
    places = ", ".join(f"{each}._domainkey.{name}" for each in selectors)
    return wrong(
        f"SES finds no DKIM key of your own of {name} ({status}).",
        f'set {places} TXT "p=<the public key>", and give SES the key again.',
    )


def mail_from(name: str, found: Answer | None, region: str) -> Line:
    """Whether bounces go to a domain of our own, so that SPF aligns, too."""
    attributes = (found or {}).get("MailFromAttributes", {})
    domain, status = attributes.get("MailFromDomain", ""), attributes.get("MailFromDomainStatus", "unknown")
    if not domain:
        return later(f"The MAIL FROM domain below {name} comes with its identity.")
    if status == DONE:
        return well(f"Letters bounce to {domain}, and SPF aligns.")
    return wrong(
        f"The MAIL FROM domain {domain} has no records yet ({status}): letters bounce to a domain of SES's.",
        f'set {domain} MX "10 feedback-smtp.{region}.amazonses.com", and TXT'
        ' "v=spf1 include:amazonses.com ~all"',
    )


def dmarc(name: str, texts: Mapping[str, Sequence[str]]) -> Line:
    """The policy that receivers look for, of the domain or of the nearest one above it (RFC 7489, 6.6.3).

    `texts` are TXT records by name, the nearest first.
    """
    for place, found in texts.items():
        policies = [text for text in found if text.replace(" ", "").casefold().startswith("v=dmarc1")]
        if len(policies) > 1:
            return wrong(f"{place} has {len(policies)} DMARC records: receivers read none.", "leave one.")
        if policies:
            return well(f"{place} says {policies[0]}")
    return wrong(
        f"{name} has no DMARC policy: some receivers refuse or hide letters.",
        f'set _dmarc.{name} TXT "v=DMARC1; p=quarantine; rua=mailto:dmarc@{name}", or p=none to begin with.',
    )


def sandbox(account: Answer, *, says_sandbox: bool) -> Line:
    """Whether SES sends to anybody, and whether the stage file says what holds (GetAccount)."""
    is_in = not account["ProductionAccessEnabled"]
    if is_in and not says_sandbox:
        return wrong(
            "SES is in its sandbox: it sends to verified addresses only, and the policy of the stack, which"
            " names the sender alone, refuses even those.",
            'ask for production access (SES → Account dashboard); until it is granted, `InSandbox = "yes"`.',
        )
    if is_in:
        return wrong(
            "SES is in its sandbox: it sends to verified addresses only, and other letters wait.",
            "ask for production access (SES → Account dashboard).",
        )
    if says_sandbox:
        return wrong(
            "SES sends to anybody now, and the policy allows more than it needs.",
            '`InSandbox = "no"` in the stage file, and deploy.',
        )
    return well("SES sends to anybody.")


def standing(account: Answer, a_second: int) -> Line:
    """Whether SES lets the account send at all, at the pace of `LettersPerSecond`, and how much is left of a
    day. (In the sandbox the stack keeps the pace of the sandbox.)"""
    quota = account["SendQuota"]
    most, sent, rate = quota["Max24HourSend"], quota["SentLast24Hours"], quota["MaxSendRate"]
    if not account["SendingEnabled"] or account["EnforcementStatus"] == "SHUTDOWN":
        return wrong(
            "SES has paused sending.", "read the case that AWS opened (Support Center), and answer it."
        )
    if account["EnforcementStatus"] == "PROBATION":
        return wrong(
            "SES looks into the account's bounces and complaints.",
            "read the case that AWS opened, and stop what writes to wrong addresses.",
        )
    if most > 0 and sent >= MOSTLY_USED * most:
        return wrong(
            f"{sent:,.0f} of {most:,.0f} mails a day are used up.",
            "ask for more in Service Quotas: SES, *Sending quota*. Letters wait meanwhile.",
        )
    if account["ProductionAccessEnabled"] and a_second > rate:
        return wrong(
            f"SES takes {rate:g} mails a second, and `LettersPerSecond` is {a_second}: bursts are put off.",
            f'`LettersPerSecond = "{rate:.0f}"` in the stage file, and deploy.',
        )
    return well(f"SES sends {most:,.0f} mails a day, {rate:g} a second; {sent:,.0f} are used.")


def receipt_rules(rules: str, active: str | None, *, takes_mail: bool, is_deployed: bool) -> Line:
    """Which rule set receives mail: an account has one active one, which nothing of ours replaces."""
    if not takes_mail:
        return well("No mail is taken in.")
    if active == rules:
        return well(f"The rule set {rules} is active.")
    if not is_deployed:
        used = f" The active one is {active}." if active else ""
        return later(f"The stack makes the rule set {rules}, and activates none.{used}")
    activate = f"aws ses set-active-receipt-rule-set --rule-set-name {rules}"
    if active is None:
        return wrong("No rule set is active: mail to the `Inbox` is refused.", activate)
    return wrong(
        f"The active rule set is {active}, of somebody else: mail to the `Inbox` does not come here.",
        f"either copy the rule `take-mail` of {rules} into {active}, or, where nobody needs that one:"
        f" {activate}",
    )


def inbox(name: str, region: str, exchangers: Collection[str] = (), receivers: Collection[str] = ()) -> Line:
    """Where the DNS sends mail to the `Inbox`, and where SES takes it in (`RECEIVER`)."""
    if not name:
        return well("Letters say that answers to them do not arrive.")
    here = RECEIVER.format(region)
    if not receivers:
        return wrong(
            f"SES takes in no mail in {region}: the DNS knows no {here}.",
            "leave `Inbox` empty, or deploy to a region among SES's *Email receiving endpoints*.",
        )
    found = {each.rstrip(".").casefold() for each in exchangers}
    if found == {here}:
        return well(f"Mail to {name} goes to SES.")
    said = f"goes to {', '.join(sorted(found))}" if found else "goes nowhere"
    return wrong(f"Mail to {name} {said}.", f'set {name} MX "10 {here}", and no other.')
