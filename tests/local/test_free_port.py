"""Ports that are held for a server that starts later."""

import socket

import pytest

from infrastructure.local.free_port import HeldPort


def test_a_held_port_is_the_servers_and_nobody_elses() -> None:
    with HeldPort() as port:
        with socket.socket() as stranger, pytest.raises(OSError, match="in use"):
            stranger.bind(("127.0.0.1", port.number))
        for _ in ("it starts", "it starts again"):
            with (
                socket.create_server(("127.0.0.1", port.number)),
                socket.create_connection(("127.0.0.1", port.number)),
            ):
                pass


def test_nobody_answers_at_a_port_that_is_only_held() -> None:
    with HeldPort() as port, pytest.raises(ConnectionRefusedError):
        socket.create_connection(("127.0.0.1", port.number))


def test_a_port_is_held_no_longer_than_it_is_wanted() -> None:
    with HeldPort() as port:
        pass
    with socket.socket() as stranger:
        stranger.bind(("127.0.0.1", port.number))
