"""`/_local/token` and the provider's published documents: signing in without a real provider."""

from collections.abc import Callable

from infrastructure.local.dev_api.bodies import MakeToken, Refused, read
from infrastructure.local.dev_api.routes import Call
from infrastructure.local.gateway.http import Answer, Request, json_answer
from infrastructure.local.oidc.provider import LocalProvider

PROVIDER = "/_local/provider"


def calls(provider: LocalProvider, welcome: Callable[[str], None]) -> dict[str, dict[str, Call]]:
    """The calls that hand out tokens; `welcome` makes the member of that name if there is none."""

    def made(request: Request, _: dict[str, str]) -> Answer:
        wish = read(request.body, MakeToken)
        try:
            token = provider.token(wish.name, wish.role, wish.claims)
        except (TypeError, ValueError) as error:
            raise Refused(422, "invalid", "No token can hold these claims.", str(error)) from error
        welcome(wish.name)
        return json_answer({"token": token})

    def keys(*_: object) -> Answer:
        return json_answer(provider.jwks())

    def discovery(*_: object) -> Answer:
        return json_answer(provider.discovery())

    return {
        "/_local/token": {"POST": made},
        f"{PROVIDER}/jwks.json": {"GET": keys},
        f"{PROVIDER}/.well-known/openid-configuration": {"GET": discovery},
    }
