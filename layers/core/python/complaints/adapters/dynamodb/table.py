"""Which table the models are of, and the connection by which they are read and written."""

import os

from pynamodb.connection import Connection

from complaints.adapters.dynamodb.models import DataKeyItem, Head, Item
from complaints.adapters.dynamodb.wire_format import install_fast_parser, install_fast_serializer


def bind(name: str) -> None:
    """Says which table the models are of; they share one `Meta` and one connection.

    The table of data keys is found by the name of this one, so that a restored table finds its own.
    """
    Item.Meta.table_name = name
    Item._connection = None
    DataKeyItem.Meta.table_name = data_keys_table(name)
    DataKeyItem._connection = None
    keys = DataKeyItem._get_connection()
    connection().add_meta_table(keys.get_meta_table())
    keys.connection = connection()
    session = connection().session
    install_fast_parser(session)
    install_fast_serializer(session)
    key, secret = os.environ.get("AWS_ACCESS_KEY_ID"), os.environ.get("AWS_SECRET_ACCESS_KEY")
    if key and secret and "AWS_CREDENTIAL_EXPIRATION" not in os.environ:
        # botocore would take these as well, but make a client for each other place that it might ask first
        # (gate "cold start" of benchmarks/RESULTS.md).
        session.set_credentials(key, secret, os.environ.get("AWS_SESSION_TOKEN"))


def connection() -> Connection:
    """The connection that every model reads and writes by."""
    return Item._get_connection().connection


def data_keys_table(name: str) -> str:
    """The table of the data keys of the cases in the table `name`."""
    return f"{name}-keys"


def create_table(name: str) -> None:
    """Makes the table with its indexes and its stream, and that of its data keys, on a local engine; the
    template makes AWS's."""
    bind(name)
    Head.create_table(wait=True)
    DataKeyItem.create_table(wait=True)
