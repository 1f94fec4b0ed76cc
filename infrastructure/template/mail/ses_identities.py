"""Whom SES knows as ours: the domain that sends and the one that receives, each proven by DKIM in its DNS.

They are of the stack of the data: one that is made anew asks for other records, and letters wait for them.
"""

from infrastructure.template.intrinsics import Json, ref, resource, sub

RECORDS = (1, 2, 3)
"""SES signs by three keys in turn, each published as a CNAME (Easy DKIM)."""
_DKIM = {
    "DkimAttributes": {"SigningEnabled": True},
    "DkimSigningAttributes": {"NextSigningKeyLength": "RSA_2048_BIT"},
}


def identities() -> Json:
    """Both, by logical name.

    Letters bounce to `mail.` below the sender's domain, so that SPF aligns too: to a domain of SES's until
    that has its MX record.
    """
    path = {"MailFromDomain": sub("mail.${SenderIdentity}"), "BehaviorOnMxFailure": "USE_DEFAULT_VALUE"}
    sender = resource(
        "SES::EmailIdentity", EmailIdentity=ref("SenderIdentity"), MailFromAttributes=path, **_DKIM
    )
    inbound_mail = resource("SES::EmailIdentity", EmailIdentity=ref("Inbox"), **_DKIM)
    return {
        "SenderDomain": {"Condition": "MakesSender"} | sender,
        "InboxDomain": {"Condition": "MakesInbox"} | inbound_mail,
    }


def dkim_records() -> Json:
    """Outputs: the DNS records that prove to SES, and to receivers of letters, that the domains are ours."""
    return {
        f"{whose}Dkim{number}": {
            "Condition": f"Makes{whose}",
            "Description": "A record for the DNS of a domain: its name, its type and what it says",
            "Value": sub(
                f"${{{whose}Domain.DkimDNSTokenName{number}}} CNAME "
                f"${{{whose}Domain.DkimDNSTokenValue{number}}}"
            ),
        }
        for whose in ("Sender", "Inbox")
        for number in RECORDS
    }
