"""The domain with its certificate, and the staff's provider. Each judges what was answered."""

from collections.abc import Collection, Mapping
from datetime import datetime, timedelta
from fnmatch import fnmatchcase
from typing import Any

from infrastructure.doctor.line import Line, later, well, wrong

SOON = timedelta(days=30)
ALGORITHMS = {"RSA": "RS256", "EC": "ES256"}
SHORTEST_RSA = 2048
Answer = Mapping[str, Any]


def certificate(domain: str, found: Answer | None, now: datetime) -> Line:
    """The certificate of the domain (DescribeCertificate, in us-east-1)."""
    if not domain:
        return well("The installation has CloudFront's own address and certificate.")
    if found is None:
        return wrong(
            f"There is no such certificate for {domain}.",
            "request one in us-east-1, where CloudFront looks for it, and name its ARN as `Certificate`.",
        )
    if found["Status"] != "ISSUED":
        return wrong(
            f"The certificate of {domain} is not issued ({found['Status']}).",
            "set the CNAME record that ACM shows for it.",
        )
    names = [found["DomainName"], *found.get("SubjectAlternativeNames", [])]
    if not any(_covers(name, domain) for name in names):
        return wrong(f"The certificate is for {', '.join(names)}, not for {domain}.", "request another one.")
    if found["NotAfter"] - now < SOON:
        return wrong(
            f"The certificate of {domain} ends on {found['NotAfter']:%Y-%m-%d}, and was not renewed.",
            "ACM renews what its CNAME record proves: set it again, or import a new one.",
        )
    return well(f"The certificate of {domain} holds until {found['NotAfter']:%Y-%m-%d}.")


def _covers(name: str, domain: str) -> bool:
    """A wildcard stands for one label (RFC 9525, 6.3)."""
    same_depth = name.count(".") == domain.count(".")
    return same_depth and fnmatchcase(domain.casefold(), name.casefold())


def domain(
    name: str, target: str | None, aliases: Collection[str], here: Collection[str], there: Collection[str]
) -> Line:
    """Whether the DNS leads to the distribution: by a CNAME, or by an alias with the same addresses.

    `here` are addresses of the domain, `there` those of the `target`, which is None before there is one.
    """
    if not name:
        return well("No domain of its own is asked for.")
    if target is None:
        return later(f"{name} is pointed to the output `DomainTarget` once the stack stands.")
    if target in {each.rstrip(".").casefold() for each in aliases} or set(here) & set(there):
        return well(f"{name} leads to the distribution.")
    said = "leads elsewhere" if here or aliases else "is not in the DNS"
    return wrong(f"{name} {said}.", f"set {name} CNAME {target} (or an alias, at the top of a zone).")


def provider(parameters: Mapping[str, str], found: Answer | None) -> Line:
    """The stage file beside what the provider publishes of itself (OpenID Connect Discovery 1.0)."""
    issuer = parameters.get("Issuer", "")
    if found is None:
        return wrong(
            f"{issuer}/.well-known/openid-configuration does not answer.",
            "is `Issuer` written as the provider writes it, to the last slash?",
        )
    said = {
        "Issuer": "issuer",
        "JwksUrl": "jwks_uri",
        "AuthorizeUrl": "authorization_endpoint",
        "TokenUrl": "token_endpoint",
        "UserinfoUrl": "userinfo_endpoint",
    }
    wrongly = [
        f"{name} = {found.get(field)}"
        for name, field in said.items()
        if parameters.get(name) and parameters[name] != found.get(field)
    ]
    if wrongly:
        return wrong("The provider publishes other addresses than the stage file.", "; ".join(wrongly))
    if "S256" not in found.get("code_challenge_methods_supported", ["S256"]):
        return wrong("The provider does not know PKCE by S256.", "turn it on there: sign-in asks for it.")
    return well(f"{issuer} publishes what the stage file says.")


def provider_keys(found: Answer | None) -> Line:
    """Whether one of the provider's keys can be used (RFC 7517)."""
    if found is None:
        return wrong("The provider's keys cannot be had.", "is `JwksUrl` right?")
    usable = [key for key in found.get("keys", []) if _is_usable(key)]
    if usable:
        return well(
            f"The provider signs with {', '.join(sorted({ALGORITHMS[key['kty']] for key in usable}))}."
        )
    return wrong(
        "None of the provider's keys can be used.",
        f"let it sign with RS256 ({SHORTEST_RSA} bits at least) or ES256.",
    )


def _is_usable(key: Answer) -> bool:
    if key.get("kty") == "EC":
        return bool(key.get("crv") == "P-256")
    return key.get("kty") == "RSA" and len(key.get("n", "")) * 6 >= SHORTEST_RSA
