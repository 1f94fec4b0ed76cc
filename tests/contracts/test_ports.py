"""Stores have what their ports promise: the same calls with the same parameters, each promise in words.

Type checkers hold the types. What each call does is held by the tests of its store in this folder.
"""

import inspect
from collections.abc import Iterator
from pathlib import Path

import pytest

from complaints.adapters.config.environment import Settings
from complaints.adapters.container import Container
from complaints.automation.ports import Automations
from complaints.context import stores
from complaints.delivery.ports import Outbox
from complaints.delivery.webhook_log import WebhookLog
from complaints.letters.ports import Digests
from complaints.reporting.ports import Counters, Queues, Search, TaskLists
from complaints.settings.ports import SettingsReader

PORTS: dict[str, type] = {
    "agenda": stores.Agenda,
    "automations": Automations,
    "bulk_commands": stores.BulkCommandStore,
    "cases": stores.CaseStore,
    "counters": Counters,
    "data_keys": stores.DataKeys,
    "erasures": stores.Erasures,
    "retention": stores.Retention,
    "digests": Digests,
    "inbound_mail": stores.InboundMailStore,
    "members": stores.Members,
    "messages": stores.Messages,
    "outbox": Outbox,
    "presence": stores.PresenceStore,
    "queues": Queues,
    "search": Search,
    "sessions": stores.Sessions,
    "settings_store": SettingsReader,
    "sites": stores.Sites,
    "task_lists": TaskLists,
    "webhook_log": WebhookLog,
    "saved_filters": stores.SavedFilterStore,
}
"""The port of each store, by the part of the container that it is."""


@pytest.fixture
def container(table: str) -> Container:
    texts = dict.fromkeys(
        ("url", "sender", "mail_configuration", "issuer", "audience", "jwks_url", "keys", "files"), "-"
    )
    return Container(Settings(table=table, templates=Path(), **texts))


def calls(port: type) -> Iterator[str]:
    """What a port promises, and those that it goes on from."""
    for kind in port.__mro__:
        if getattr(kind, "_is_protocol", False):
            yield from (name for name in vars(kind) if not name.startswith("_"))


@pytest.mark.parametrize("part", PORTS)
def test_a_store_has_the_calls_of_its_port(container: Container, part: str) -> None:
    store, port = getattr(container, part), PORTS[part]
    assert set(calls(port))
    for name in calls(port):
        promised = [each for each in inspect.signature(getattr(port, name)).parameters if each != "self"]
        offered = inspect.signature(getattr(store, name)).parameters.values()
        needed = {each.name for each in offered if each.default is each.empty}
        assert needed <= set(promised) <= {each.name for each in offered}


@pytest.mark.parametrize("part", PORTS)
def test_a_port_says_what_it_promises(part: str) -> None:
    port = PORTS[part]
    assert port.__doc__
    assert [name for name in calls(port) if not getattr(port, name).__doc__ and name != "load"] == []
