"""What the operator says about this installation, read once from the environment."""

import os
from collections.abc import Mapping
from pathlib import Path

from msgspec import Struct


class SettingMissing(RuntimeError):
    """An environment variable that must be set is not."""


class Settings(Struct, frozen=True, kw_only=True):
    """`url` is the public address without a slash at its end; no address is built of anything else.

    `secrets` names the secrets below the path `keys` that this function may read, with commas between.
    `inbound_domain` is the domain at which answers to letters arrive; without one, letters do not ask for
    answers by mail. Without `authorize_url` and `token_url` the desk has no sign-in; `client` is who we are
    to the provider there, `roles_claim` where its tokens name roles, and `userinfo_url` where it names them
    where ID tokens do not. `first_administrator` is the id or the verified mail address of
    the person who may sign in while there is no member. `exports` is the bucket to which cases are exported,
    if they are, and `export_texts` says "yes" where what people wrote is in it.
    `release` is the version and the commit of the package, with a `+` between.
    `evidence` is the bucket that holds what is
    sealed outside the table, and `signing_key` the key in KMS that signs it; `earlier_keys` names those that
    signed before it, with commas between. `checkpoint_mail` is an address outside to which the checkpoint of
    each day is sent, and `time_stamps` that of an authority (RFC 3161) that stamps it, if any.
    `synthetic_site` is the site at which this installation complains to itself, if it does.
    `letters_per_hour` is how many first letters leave in an hour that all sites share, and how many notices
    to staff (see `delivery/fair_sending.py`).
    `letters_per_second` is how many mails the mail service takes, or 0 where no pace is kept.
    `schedule_runs` is how many runs of the schedule work beside each other where much is due.
    `demonstration` is where a
    page lies that shows what a website gets, and `loopback` an address of this machine to which webhooks may
    go by plain http: in a local run only, and no environment names one.
    """

    table: str
    url: str
    sender: str
    mail_configuration: str
    issuer: str
    audience: str
    jwks_url: str
    keys: str
    files: str
    templates: Path
    secrets: str = ""
    inbound_domain: str = ""
    authorize_url: str = ""
    token_url: str = ""
    userinfo_url: str = ""
    client: str = ""
    roles_claim: str = "roles"
    first_administrator: str = ""
    exports: str = ""
    export_texts: str = ""
    evidence: str = ""
    signing_key: str = ""
    earlier_keys: str = ""
    checkpoint_mail: str = ""
    time_stamps: str = ""
    synthetic_site: str = ""
    release: str = ""
    demonstration: str = ""
    loopback: str = ""
    letters_per_hour: str = "480"
    schedule_runs: str = "1"
    letters_per_second: str = "0"

    @property
    def letters_an_hour(self) -> int:
        """`letters_per_hour` as a number."""
        return int(self.letters_per_hour)

    @property
    def letters_a_second(self) -> int:
        """`letters_per_second` as a number."""
        return int(self.letters_per_second)

    @property
    def most_schedule_runs(self) -> int:
        """`schedule_runs` as a number."""
        return int(self.schedule_runs)


def from_environment(environment: Mapping[str, str] = os.environ) -> Settings:
    """Raises `SettingMissing`, naming the variable."""

    def may(name: str, usual: str = "") -> str:
        return environment.get(f"ANSWERABLE_{name}") or usual

    def must(name: str) -> str:
        value = may(name)
        if not value:
            raise SettingMissing(f"ANSWERABLE_{name} is not set")
        return value

    return Settings(
        table=must("TABLE"),
        url=must("URL").rstrip("/"),
        sender=must("SENDER"),
        mail_configuration=must("MAIL_CONFIGURATION"),
        issuer=must("ISSUER"),
        audience=must("AUDIENCE"),
        jwks_url=must("JWKS_URL"),
        keys=must("KEYS"),
        secrets=may("SECRETS"),
        files=must("FILES"),
        inbound_domain=may("INBOX").lower(),
        authorize_url=may("AUTHORIZE_URL"),
        token_url=may("TOKEN_URL"),
        userinfo_url=may("USERINFO_URL"),
        client=may("CLIENT", must("AUDIENCE")),
        roles_claim=may("ROLES_CLAIM", "roles"),
        first_administrator=may("FIRST_ADMINISTRATOR"),
        exports=may("EXPORTS"),
        export_texts=may("EXPORT_TEXTS"),
        synthetic_site=may("SYNTHETIC_SITE"),
        evidence=may("EVIDENCE"),
        signing_key=may("SIGNING_KEY"),
        earlier_keys=may("EARLIER_KEYS"),
        checkpoint_mail=may("CHECKPOINT_MAIL"),
        time_stamps=may("TIME_STAMPS"),
        letters_per_hour=may("LETTERS_PER_HOUR", "480"),
        schedule_runs=may("SCHEDULE_RUNS", "1"),
        letters_per_second=may("LETTERS_PER_SECOND", "0"),
        release=may("RELEASE"),
        templates=Path(may("TEMPLATES", "/opt/templates")),
    )
