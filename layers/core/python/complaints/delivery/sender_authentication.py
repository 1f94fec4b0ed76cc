"""Whether who is named as the author of a mail wrote it (DMARC, RFC 7489).

DMARC itself says so, or else a passed SPF or DKIM that is aligned with the domain of `From`: the same domain,
or one within the other. A pass alone says nothing: anybody passes for a domain of their own.
"""

from complaints.case.correspondence.mail import MailEnvelope, ParsedMail


def is_authentic(arrival: MailEnvelope, mail: ParsedMail) -> bool:
    """Whether the mail service vouches for the author; an unclear author has no such vouching."""
    domain = _domain(mail.sender)
    if not mail.has_one_author or not domain:
        return False
    return (
        arrival.passes_dmarc
        or (arrival.passes_spf and _are_aligned(_domain(arrival.envelope), domain))
        or (arrival.passes_dkim and any(_are_aligned(signer, domain) for signer in mail.signed_by))
    )


def _domain(address: str) -> str:
    return address.rpartition("@")[2].lower().strip(" <>.") if "@" in address else ""


def _are_aligned(one: str, other: str) -> bool:
    """Whether two domains are of one owner, as far as names tell: one of a single label has many owners."""
    shorter, longer = sorted((one, other), key=len)
    return "." in shorter and f".{longer}".endswith(f".{shorter}")
