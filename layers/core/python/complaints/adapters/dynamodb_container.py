"""What stands in the table, each part made on first use."""

from abc import ABC, abstractmethod
from datetime import datetime
from functools import cached_property
from typing import TYPE_CHECKING

from complaints.context.ports import Secrets

if TYPE_CHECKING:
    from complaints.adapters.stores.cases.access_log import DynamoAccessLog
    from complaints.adapters.stores.cases.bulk_commands import DynamoBulkCommands
    from complaints.adapters.stores.cases.case_messages import DynamoMessages
    from complaints.adapters.stores.cases.case_store import DynamoCases
    from complaints.adapters.stores.cases.erasures import DynamoDataKeys, DynamoErasures
    from complaints.adapters.stores.cases.presence import DynamoPresence
    from complaints.adapters.stores.cases.retention import DynamoRetention
    from complaints.adapters.stores.checkpoint_notes import DynamoCheckpointNotes
    from complaints.adapters.stores.correspondence.digests import DynamoDigests
    from complaints.adapters.stores.correspondence.inbound_mail import DynamoInboundMail
    from complaints.adapters.stores.correspondence.lost_links import DynamoLostLinks
    from complaints.adapters.stores.correspondence.outbox import DynamoOutbox
    from complaints.adapters.stores.correspondence.webhook_log import DynamoWebhookLog
    from complaints.adapters.stores.counters import DynamoCounters
    from complaints.adapters.stores.lists.case_queues import DynamoQueues
    from complaints.adapters.stores.lists.due_items import DynamoAgenda
    from complaints.adapters.stores.lists.search import DynamoSearch
    from complaints.adapters.stores.lists.task_lists import DynamoTaskLists
    from complaints.adapters.stores.management_records import DynamoManagementRecords
    from complaints.adapters.stores.settings.automations import DynamoAutomations
    from complaints.adapters.stores.settings.settings_store import DynamoSettingsStore
    from complaints.adapters.stores.settings.sites import DynamoSites
    from complaints.adapters.stores.staff.members import DynamoMembers, DynamoSavedFilters
    from complaints.adapters.stores.staff.sessions import DynamoSessions


class Stores(ABC):
    """The parts of the world that the one table holds; `keys` and `now` come with the rest of the world.

    Imports stand where a part is made: a request that ends early pays for none of them.
    """

    def __init__(self, table: str) -> None:
        self._table = table

    @abstractmethod
    def now(self) -> datetime: ...

    @property
    @abstractmethod
    def secrets(self) -> Secrets: ...

    @cached_property
    def cases(self) -> "DynamoCases":
        self._bind()
        from complaints.adapters.stores.cases.case_store import DynamoCases

        return DynamoCases()

    @cached_property
    def data_keys(self) -> "DynamoDataKeys":
        self._bind()
        from complaints.adapters.stores.cases.erasures import DynamoDataKeys

        return DynamoDataKeys()

    @cached_property
    def erasures(self) -> "DynamoErasures":
        self._bind()
        from complaints.adapters.stores.cases.erasures import DynamoErasures

        return DynamoErasures()

    @cached_property
    def retention(self) -> "DynamoRetention":
        self._bind()
        from complaints.adapters.stores.cases.retention import DynamoRetention

        return DynamoRetention()

    @cached_property
    def sites(self) -> "DynamoSites":
        self._bind()
        from complaints.adapters.stores.settings.sites import DynamoSites

        return DynamoSites(self.now)

    @cached_property
    def settings_store(self) -> "DynamoSettingsStore":
        self._bind()
        from complaints.adapters.stores.settings.settings_store import DynamoSettingsStore

        return DynamoSettingsStore()

    @cached_property
    def management_records(self) -> "DynamoManagementRecords":
        self._bind()
        from complaints.adapters.stores.management_records import DynamoManagementRecords

        return DynamoManagementRecords()

    @cached_property
    def members(self) -> "DynamoMembers":
        self._bind()
        from complaints.adapters.stores.staff.members import DynamoMembers

        return DynamoMembers()

    @cached_property
    def sessions(self) -> "DynamoSessions":
        self._bind()
        from complaints.adapters.stores.staff.sessions import DynamoSessions

        return DynamoSessions()

    @cached_property
    def presence(self) -> "DynamoPresence":
        self._bind()
        from complaints.adapters.stores.cases.presence import DynamoPresence

        return DynamoPresence()

    @cached_property
    def access_log(self) -> "DynamoAccessLog":
        self._bind()
        from complaints.adapters.stores.cases.access_log import DynamoAccessLog

        return DynamoAccessLog()

    @cached_property
    def webhook_log(self) -> "DynamoWebhookLog":
        self._bind()
        from complaints.adapters.stores.correspondence.webhook_log import DynamoWebhookLog

        return DynamoWebhookLog()

    @cached_property
    def saved_filters(self) -> "DynamoSavedFilters":
        self._bind()
        from complaints.adapters.stores.staff.members import DynamoSavedFilters

        return DynamoSavedFilters()

    @cached_property
    def bulk_commands(self) -> "DynamoBulkCommands":
        self._bind()
        from complaints.adapters.stores.cases.bulk_commands import DynamoBulkCommands

        return DynamoBulkCommands()

    @cached_property
    def queues(self) -> "DynamoQueues":
        self._bind()
        from complaints.adapters.stores.lists.case_queues import DynamoQueues

        return DynamoQueues()

    @cached_property
    def automations(self) -> "DynamoAutomations":
        self._bind()
        from complaints.adapters.stores.settings.automations import DynamoAutomations

        return DynamoAutomations(self.now)

    @cached_property
    def task_lists(self) -> "DynamoTaskLists":
        self._bind()
        from complaints.adapters.stores.lists.task_lists import DynamoTaskLists

        return DynamoTaskLists()

    @cached_property
    def search(self) -> "DynamoSearch":
        self._bind()
        from complaints.adapters.stores.lists.search import DynamoSearch

        return DynamoSearch(self.secrets)

    @cached_property
    def lost_links(self) -> "DynamoLostLinks":
        self._bind()
        from complaints.adapters.stores.correspondence.lost_links import DynamoLostLinks

        return DynamoLostLinks(self.secrets)

    @cached_property
    def counters(self) -> "DynamoCounters":
        self._bind()
        from complaints.adapters.stores.counters import DynamoCounters

        return DynamoCounters(lambda site: self.sites.terms(site).working_days)

    @cached_property
    def messages(self) -> "DynamoMessages":
        self._bind()
        from complaints.adapters.stores.cases.case_messages import DynamoMessages

        return DynamoMessages()

    @cached_property
    def outbox(self) -> "DynamoOutbox":
        self._bind()
        from complaints.adapters.stores.correspondence.outbox import DynamoOutbox

        return DynamoOutbox()

    @cached_property
    def inbound_mail(self) -> "DynamoInboundMail":
        self._bind()
        from complaints.adapters.stores.correspondence.inbound_mail import DynamoInboundMail

        return DynamoInboundMail()

    @cached_property
    def checkpoint_notes(self) -> "DynamoCheckpointNotes":
        self._bind()
        from complaints.adapters.stores.checkpoint_notes import DynamoCheckpointNotes

        return DynamoCheckpointNotes()

    @cached_property
    def digests(self) -> "DynamoDigests":
        self._bind()
        from complaints.adapters.stores.correspondence.digests import DynamoDigests

        return DynamoDigests()

    @cached_property
    def agenda(self) -> "DynamoAgenda":
        self._bind()
        from complaints.adapters.stores.lists.due_items import DynamoAgenda

        return DynamoAgenda()

    def _bind(self) -> None:
        from complaints.adapters.dynamodb import models, table

        if models.Item.Meta.table_name != self._table:
            table.bind(self._table)
