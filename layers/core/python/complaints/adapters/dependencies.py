"""Dependencies as types: each protocol names one part of the container that a helper may ask for.

A handler asks for the container once, and hands helpers what they need: the part itself where one or two do,
else the container as `deps`, under a protocol that lists its dependencies, such as
`class LetterDeps(HasCases, HasSites, Protocol)`. So each part is still made on first use, and whoever calls a
helper elsewhere needs no more than its type says.

Only type checkers import this module: a start pays nothing for it.
"""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from complaints.adapters.config.environment import Settings as Settings
    from complaints.adapters.config.shipped_data import ShippedData as ShippedData
    from complaints.adapters.i18n.catalogues import Catalogues as Catalogues
    from complaints.adapters.i18n.date_formats import DateFormats as DateFormats
    from complaints.adapters.i18n.templates import Templates as Templates
    from complaints.adapters.mail.letter_renderer import LetterRenderer as LetterRenderer
    from complaints.adapters.mail.ses import Ses as Ses
    from complaints.automation.ports import Automations
    from complaints.casework.linked_case_service import TwoCaseService
    from complaints.casework.service import Casework
    from complaints.checkpoints.ports import EvidenceFiles, Notes, Signer, TimeStampAuthority
    from complaints.checkpoints.verification.ledger import Ledger
    from complaints.context.ports import (
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
    from complaints.context.stores import (
        AccessLog,
        Agenda,
        BulkCommandStore,
        CaseStore,
        DataKeys,
        Erasures,
        InboundMailStore,
        Members,
        Messages,
        PresenceStore,
        Retention,
        SavedFilterStore,
        Sessions,
        Sites,
    )
    from complaints.delivery.ports import Outbox
    from complaints.delivery.webhook_log import WebhookLog
    from complaints.evidence.ports import PackFiles
    from complaints.letters.ports import Digests
    from complaints.management.service import RecordsService, RecordsStore
    from complaints.reporting.ports import Counters, Queues, Search, TaskLists
    from complaints.settings.ports import SettingsReader
    from complaints.settings.service import SettingsService


class HasNow(Protocol):
    def now(self) -> datetime: ...


class HasCases(Protocol):
    @property
    def cases(self) -> CaseStore: ...


class HasErasures(Protocol):
    @property
    def erasures(self) -> Erasures: ...


class HasRetention(Protocol):
    @property
    def retention(self) -> Retention: ...


class HasDataKeys(Protocol):
    @property
    def data_keys(self) -> DataKeys: ...


class HasSites(Protocol):
    @property
    def sites(self) -> Sites: ...


class HasMembers(Protocol):
    @property
    def members(self) -> Members: ...


class HasSessions(Protocol):
    @property
    def sessions(self) -> Sessions: ...


class HasPresence(Protocol):
    @property
    def presence(self) -> PresenceStore: ...


class HasAccessLog(Protocol):
    @property
    def access_log(self) -> AccessLog: ...


class HasWebhookLog(Protocol):
    @property
    def webhook_log(self) -> WebhookLog: ...


class HasSavedFilters(Protocol):
    @property
    def saved_filters(self) -> SavedFilterStore: ...


class HasBulkCommands(Protocol):
    @property
    def bulk_commands(self) -> BulkCommandStore: ...


class HasMessages(Protocol):
    @property
    def messages(self) -> Messages: ...


class HasOutbox(Protocol):
    @property
    def outbox(self) -> Outbox: ...


class HasDigests(Protocol):
    @property
    def digests(self) -> Digests: ...


class HasAgenda(Protocol):
    @property
    def agenda(self) -> Agenda: ...


class HasInboundMail(Protocol):
    @property
    def inbound_mail(self) -> InboundMailStore: ...


class HasQueues(Protocol):
    @property
    def queues(self) -> Queues: ...


class HasAutomations(Protocol):
    @property
    def automations(self) -> Automations: ...


class HasTaskLists(Protocol):
    @property
    def task_lists(self) -> TaskLists: ...


class HasSearch(Protocol):
    @property
    def search(self) -> Search: ...


class HasCounters(Protocol):
    @property
    def counters(self) -> Counters: ...


class HasSettingsStore(Protocol):
    @property
    def settings_store(self) -> SettingsReader: ...


class HasSettingsService(Protocol):
    @property
    def settings_service(self) -> SettingsService: ...


class HasManagementRecords(Protocol):
    @property
    def management_records(self) -> RecordsStore: ...


class HasRecordsService(Protocol):
    @property
    def records_service(self) -> RecordsService: ...


class HasShippedData(Protocol):
    @property
    def shipped_data(self) -> ShippedData: ...


class HasSettings(Protocol):
    @property
    def settings(self) -> Settings: ...


class HasSecrets(Protocol):
    @property
    def secrets(self) -> Secrets: ...


class HasMailSender(Protocol):
    @property
    def mail_sender(self) -> MailSender: ...


class HasProvider(Protocol):
    @property
    def provider(self) -> IdentityProvider: ...


class HasSignIn(Protocol):
    @property
    def sign_in(self) -> SignIn: ...


class HasExportFiles(Protocol):
    @property
    def export_files(self) -> ExportFiles: ...


class HasFiles(Protocol):
    @property
    def files(self) -> Files: ...


class HasPackFiles(Protocol):
    @property
    def pack_files(self) -> PackFiles: ...


class HasScanner(Protocol):
    @property
    def scanner(self) -> Scanner: ...


class HasWebhooks(Protocol):
    @property
    def webhooks(self) -> Webhooks: ...


class HasParallelRuns(Protocol):
    @property
    def parallel_runs(self) -> ParallelRuns: ...


class HasOwnIntake(Protocol):
    @property
    def own_intake(self) -> OwnIntake: ...


class HasCatalogues(Protocol):
    @property
    def catalogues(self) -> Catalogues: ...


class HasDateFormats(Protocol):
    @property
    def date_formats(self) -> DateFormats: ...


class HasTemplates(Protocol):
    @property
    def templates(self) -> Templates: ...


class HasLetterRenderer(Protocol):
    @property
    def letter_renderer(self) -> LetterRenderer: ...


class HasCasework(Protocol):
    @property
    def casework(self) -> Casework: ...


class HasTwoCaseService(Protocol):
    @property
    def two_case_service(self) -> TwoCaseService: ...


class HasSes(Protocol):
    @property
    def ses(self) -> Ses: ...


class HasEvidence(Protocol):
    @property
    def evidence(self) -> EvidenceFiles: ...


class HasSigner(Protocol):
    @property
    def signer(self) -> Signer: ...


class HasTimeStamps(Protocol):
    @property
    def time_stamps(self) -> TimeStampAuthority: ...


class HasCheckpointNotes(Protocol):
    @property
    def checkpoint_notes(self) -> Notes: ...


class HasLedger(Protocol):
    @property
    def ledger(self) -> Ledger: ...
