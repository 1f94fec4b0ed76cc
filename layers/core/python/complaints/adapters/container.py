"""The container of dependencies: the one place where adapters are chosen. Each is made on first use.

A helper that needs one part takes the part; one that needs several takes `deps: "Container"`. Types of
adapters that functions name in annotations are exported from here, for type checkers alone.
"""

import secrets
import time
from datetime import datetime
from functools import cached_property
from typing import TYPE_CHECKING

from complaints.adapters.config.environment import Settings as Settings
from complaints.adapters.config.environment import from_environment
from complaints.adapters.dynamodb_container import Stores
from complaints.context.ports import (
    Clock,
    ExportFiles,
    Files,
    IdentityProvider,
    MailSender,
    OwnIntake,
    ParallelRuns,
    Scanner,
    Secrets,
    SignIn,
    Webhooks,
)

if TYPE_CHECKING:
    from complaints.adapters.config.shipped_data import ShippedData as ShippedData
    from complaints.adapters.i18n.catalogues import Catalogues as Catalogues
    from complaints.adapters.i18n.date_formats import DateFormats as DateFormats
    from complaints.adapters.i18n.templates import Templates as Templates
    from complaints.adapters.identity.oidc_tokens import OpenIdProvider as OpenIdProvider
    from complaints.adapters.mail.letter_renderer import LetterRenderer as LetterRenderer
    from complaints.adapters.mail.ses import Ses as Ses
    from complaints.adapters.maintenance.ledger import DynamoLedger as DynamoLedger
    from complaints.checkpoints.ports import EvidenceFiles, Signer, TimeStampAuthority
    from complaints.evidence.ports import PackFiles
    from complaints.handling.linked_case_service import TwoCaseService
    from complaints.handling.service import Casework
    from complaints.management.service import RecordsService
    from complaints.settings.service import SettingsService


def yield_to_others(race: int) -> None:
    """Waits a little, at random: up to 20 ms after the first lost race, and up to 640 ms in the end."""
    time.sleep(secrets.randbelow(20 << min(race - 1, 5)) / 1000)


class Container(Stores):
    """Everything outside the rules. What is handed in takes the place of AWS's own.

    Imports stand where a part is made: a request that ends early pays for none of them.
    """

    def __init__(
        self,
        settings: Settings,
        *,
        clock: Clock | None = None,
        secrets: Secrets | None = None,
        mail_sender: MailSender | None = None,
        provider: IdentityProvider | None = None,
        sign_in: SignIn | None = None,
        files: Files | None = None,
        scanner: Scanner | None = None,
        webhooks: Webhooks | None = None,
        export_files: ExportFiles | None = None,
        evidence: "EvidenceFiles | None" = None,
        signer: "Signer | None" = None,
        pack_files: "PackFiles | None" = None,
        parallel_runs: ParallelRuns | None = None,
    ) -> None:
        super().__init__(settings.table)
        self.settings = settings
        self._clock, self._secrets, self._mail_sender, self._provider = clock, secrets, mail_sender, provider
        self._files, self._scanner, self._sign_in = files, scanner, sign_in
        self._webhooks = webhooks
        self._export_files = export_files
        self._evidence, self._signer = evidence, signer
        self._pack_files = pack_files
        self._parallel_runs = parallel_runs

    def now(self) -> datetime:
        return self.clock.now()

    @cached_property
    def clock(self) -> Clock:
        from complaints.adapters.config.system_clock import SystemClock

        return self._clock or SystemClock()

    @cached_property
    def secrets(self) -> Secrets:
        self._bind()
        from complaints.adapters.secrets import ParameterStoreSecrets

        names = [name for name in self.settings.secrets.split(",") if name]
        return self._secrets or ParameterStoreSecrets(self.settings.keys, names)

    @cached_property
    def mail_sender(self) -> MailSender:
        from complaints.adapters.mail.ses_sender import SesSender

        return self._mail_sender or SesSender(self.settings.mail_configuration)

    @cached_property
    def provider(self) -> IdentityProvider:
        return self._provider or self._openid

    @cached_property
    def sign_in(self) -> SignIn:
        from complaints.adapters.identity.oidc_login import CodeFlow

        settings = self.settings
        return self._sign_in or CodeFlow(
            client=settings.client,
            authorize_url=settings.authorize_url,
            token_url=settings.token_url,
            identify=self._openid.identify,
            keys=self.secrets,
            userinfo_url=settings.userinfo_url,
        )

    @cached_property
    def _openid(self) -> "OpenIdProvider":
        from complaints.adapters.identity.oidc_tokens import OpenIdProvider

        settings = self.settings
        return OpenIdProvider(
            settings.issuer,
            settings.audience,
            settings.jwks_url,
            self.now,
            roles_claim=settings.roles_claim,
            client=settings.client,
        )

    @cached_property
    def files(self) -> Files:
        from complaints.adapters.files.s3 import S3Files

        return self._files or S3Files(self.settings.files)

    @cached_property
    def ledger(self) -> "DynamoLedger":
        self._bind()
        from complaints.adapters.maintenance.ledger import DynamoLedger

        return DynamoLedger(self.files if self.settings.files else None, self.now)

    @cached_property
    def export_files(self) -> ExportFiles:
        from complaints.adapters.files.export_bucket import S3ExportFiles

        return self._export_files or S3ExportFiles(self.settings.exports)

    @cached_property
    def evidence(self) -> "EvidenceFiles":
        from complaints.adapters.evidence.evidence_bucket import S3EvidenceFiles

        return self._evidence or S3EvidenceFiles(self.settings.evidence)

    @cached_property
    def signer(self) -> "Signer":
        from complaints.adapters.evidence.kms_signer import KmsSigner

        return self._signer or KmsSigner(self.settings.signing_key)

    @cached_property
    def time_stamps(self) -> "TimeStampAuthority":
        from complaints.adapters.evidence.time_stamp_client import LOGIN, TimeStampCalls

        return TimeStampCalls(
            self.settings.time_stamps,
            loopback=bool(self.settings.loopback),
            login=lambda: self.secrets.brought(LOGIN),
        )

    @cached_property
    def pack_files(self) -> "PackFiles":
        from complaints.adapters.files.evidence_packs import S3PackFiles

        return self._pack_files or S3PackFiles(self.settings.files)

    @cached_property
    def scanner(self) -> Scanner:
        from complaints.adapters.files.scanner import NoScanner

        return self._scanner or NoScanner()

    @cached_property
    def webhooks(self) -> Webhooks:
        from complaints.adapters.config.webhook_client import WebhookCalls

        return self._webhooks or WebhookCalls(self.now, loopback=bool(self.settings.loopback))

    @cached_property
    def own_intake(self) -> OwnIntake:
        from complaints.adapters.config.intake_client import IntakeClient

        return IntakeClient(self.settings.url)

    @cached_property
    def parallel_runs(self) -> ParallelRuns:
        from complaints.adapters.lambda_runs import LambdaRuns

        return self._parallel_runs or LambdaRuns()

    @cached_property
    def catalogues(self) -> "Catalogues":
        from complaints.adapters.i18n.catalogues import Catalogues

        return Catalogues(self.settings.templates / "locale")

    @cached_property
    def date_formats(self) -> "DateFormats":
        from complaints.adapters.i18n.date_formats import DateFormats

        return DateFormats(self.catalogues)

    @cached_property
    def templates(self) -> "Templates":
        from complaints.adapters.i18n.templates import Templates

        return Templates(self.settings.templates, self.catalogues)

    @cached_property
    def letter_renderer(self) -> "LetterRenderer":
        from complaints.adapters.mail.letter_renderer import LetterRenderer

        return LetterRenderer(self.templates, self.settings.url)

    @cached_property
    def casework(self) -> "Casework":
        from complaints.handling.service import Casework

        return Casework(self.cases, self.secrets, secrets.token_bytes, yield_to_others)

    @cached_property
    def two_case_service(self) -> "TwoCaseService":
        from complaints.handling.linked_case_service import TwoCaseService

        return TwoCaseService(self.casework, self.cases)

    @cached_property
    def shipped_data(self) -> "ShippedData":
        from complaints.adapters.config.shipped_data import ShippedData

        return ShippedData(self.catalogues)

    @cached_property
    def settings_service(self) -> "SettingsService":
        from complaints.settings.service import SettingsService

        return SettingsService(self.settings_store, secrets.token_bytes)

    @cached_property
    def records_service(self) -> "RecordsService":
        from complaints.management.service import RecordsService

        return RecordsService(self.management_records, secrets.token_bytes)

    @cached_property
    def ses(self) -> "Ses":
        from complaints.adapters.mail.ses import Ses

        return Ses(self.settings.sender)


_chosen: Container | None = None


def container() -> Container:
    """The world in use: AWS's, by the environment, unless another was chosen."""
    global _chosen
    if _chosen is None:
        _chosen = Container(from_environment())
    return _chosen


def use_container(other: Container | None) -> None:
    """Chooses another world, or (`None`) the real one again."""
    global _chosen
    _chosen = other
