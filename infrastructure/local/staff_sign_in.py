"""Sign-in of staff in a local run: the product's own checks, with a provider in the same process.

It is asked by calls and not over HTTP: a server whose every thread waits for keys or for a token could
not hand them out.
"""

from collections.abc import Callable, Sequence
from datetime import datetime
from pathlib import Path

from complaints.adapters.container import Container
from complaints.adapters.identity.oidc_login import CodeFlow
from complaints.adapters.identity.oidc_tokens import OpenIdProvider
from functions.desk.session.sign_in import ARRIVAL
from infrastructure.local.aws.secrets import LocalSecrets
from infrastructure.local.dev_api import signing_in
from infrastructure.local.dev_api.routes import Call
from infrastructure.local.oidc import AUDIENCE, AuthorizationCodes, LocalProvider
from infrastructure.local.seed import FIRST_ADMINISTRATOR, STAFF, sites, welcome


class StaffSignIn:
    """The provider, with what the product checks and asks of it, at the address `url`; its key lies in
    `folder`. Whoever signs in is a member, unless the run `is_empty`: there members are added at the desk."""

    def __init__(
        self, folder: Path, url: str, now: Callable[[], datetime], keys: LocalSecrets, *, is_empty: bool
    ) -> None:
        self._is_empty = is_empty
        self.provider = provider = LocalProvider(folder, url + signing_in.PROVIDER, now)
        self._codes = AuthorizationCodes(provider, now)
        self._back = url + ARRIVAL
        self.verifier = OpenIdProvider(
            provider.issuer,
            AUDIENCE,
            provider.jwks_url,
            now,
            lambda _: provider.jwks(),
            client=AUDIENCE,
        )
        self.sign_in = CodeFlow(
            client=AUDIENCE,
            authorize_url=provider.authorize_url,
            token_url=provider.token_url,
            identify=self.verifier.identify,
            keys=keys,
            exchange=self._codes.exchange,
        )

    def tokens(self, world: Container) -> dict[str, dict[str, Call]]:
        """The calls of programs that want a token."""
        return signing_in.token_calls(self.provider, lambda name: self._welcome(world, name))

    def pages(self, world: Container) -> dict[str, dict[str, Call]]:
        """The calls of browsers that sign in."""
        named = {} if self._is_empty else {site.key: site.name for site in sites()}
        staff = (FIRST_ADMINISTRATOR,) if self._is_empty else STAFF
        return signing_in.calls(
            self._codes, self._back, staff, named, lambda name, at: self._welcome(world, name, at)
        )

    def _welcome(self, world: Container, name: str, at: Sequence[str] | None = None) -> None:
        if not self._is_empty:
            welcome(world, name, at)
