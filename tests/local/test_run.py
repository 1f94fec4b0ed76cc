"""A whole local run as a process: how it starts, ends, is killed, and starts again."""

import socket
from pathlib import Path
from typing import Any

import pytest

from infrastructure.local.engine import stale_process
from tests.local_run import LocalRun, running

STAGES = "received acknowledged assessed investigating awaiting_complainant responded closed withdrawn"


def form(email: str = "ada@example.org") -> dict[str, Any]:
    return {"site": "demo", "complainant": {"email": email}, "description": "It broke.", "consent": True}


@pytest.fixture
def data(tmp_path: Path) -> Path:
    return tmp_path / "data"


def test_what_was_answered_201_survives_a_kill_and_is_acknowledged_once(data: Path) -> None:
    with running(data, forked=False) as run:
        complaint = run.api_client().complain(form(), key="k1")
        run.kill()
        run.start()
        again = run.api_client().complain(form(), key="k1")
        assert again == complaint
        if not run.mails("ada@example.org"):
            # It was being sent when the run was killed: that is tried again once the attempt is over.
            run.call("POST", "/_local/clock", {"advance": "PT30M"})
        assert len(run.mails("ada@example.org")) == 1


def test_data_clock_keys_and_mails_last_between_runs(data: Path) -> None:
    with running(data, forked=False) as run:
        first = run.api_client().complain(form(), key="k1")
        sent = run.mails()
        run.call("POST", "/_local/clock", {"advance": "P2D"})
        before = run.call("GET", "/_local/clock").json["now"]
        run.stop()
        run.start()
        assert run.call("GET", "/_local/clock").json["now"] >= before
        assert run.mails()[: len(sent)] == sent
        assert run.api_client().complain(form(), key="k1") == first


def test_asked_to_end_it_ends_and_leaves_nothing_running(data: Path) -> None:
    with running(data, forked=False) as run:
        engine = int((data / "cases.pid").read_text())
        assert run.stop() == 0
        assert not stale_process.serves(engine, data / "cases.db")
        with pytest.raises(ConnectionRefusedError):
            socket.create_connection(("127.0.0.1", run.port))


def test_a_new_run_shows_complaints_in_every_stage_some_of_them_overdue(data: Path) -> None:
    with running(data, demo=True, forked=False) as run:
        run.call("POST", "/_local/settle")
        token = run.call("POST", "/_local/token", {"role": "agent", "name": "Deniz"}).json["token"]

        def queue(name: str) -> list[dict[str, Any]]:
            path = f"/v1/desk/complaints?queue={name}&limit=100"
            items = run.call("GET", path, Authorization=f"Bearer {token}").json["items"]
            return list(items)

        assert "Traceback" not in run.said
        queues = ("open", "awaiting_complainant", "responded", "closed")
        assert {item["stage"] for name in queues for item in queue(name)} == set(STAGES.split())
        assert "Charged twice for one order" in {item["subject"] for item in queue("overdue")}


def test_every_address_serves_under_the_prefix_too(local_run: LocalRun) -> None:
    for path in ("/health", "/_local/clock", "/v1/form?site=demo"):
        assert local_run.call("GET", f"/api{path}").status == local_run.call("GET", path).status == 200


def test_s78_another_host_gets_the_product_but_not_the_panel(local_run: LocalRun) -> None:
    assert local_run.call("GET", "/health", Host="elsewhere.example").status == 200
    for path in ("/_local/mail", "/api/_local/mail", "/_local/clock"):
        assert local_run.call("GET", path, Host="elsewhere.example").status == 403


def test_a_busy_port_is_said_in_one_sentence(data: Path) -> None:
    run = LocalRun(data, forked=False)
    with socket.create_server(("127.0.0.1", run.port)):
        run.begin()
        assert run.wait() == 1
    assert run.said == f"Port {run.port} is in use: stop what listens there, or set PORT to another one.\n"


def test_a_data_folder_in_use_is_said_in_one_sentence(data: Path) -> None:
    with running(data, forked=False):
        second = LocalRun(data, forked=False)
        second.begin()
        assert second.wait() == 1
        # Both print into one log, and the first goes on with its schedule.
        assert f"Another local run uses the data folder {data}." in second.said
        assert "Traceback" not in second.said


@pytest.mark.parametrize(
    ("name", "content", "sentence"),
    [
        ("cases.db", b"no database" * 999, "The database engine did not start"),
        ("clock.json", b"{", "is damaged"),
        ("stream.json", b"\xff", "is damaged"),
    ],
)
def test_a_damaged_data_folder_is_said_in_one_sentence(
    data: Path, name: str, content: bytes, sentence: str
) -> None:
    data.mkdir()
    (data / name).write_bytes(content)
    run = LocalRun(data, environment={"NOW": ""}, forked=False)
    run.begin()
    assert run.wait() == 1
    assert sentence in run.said
    assert len(run.said.splitlines()) == 1


def test_a_data_folder_that_cannot_be_made_is_said_in_one_sentence(tmp_path: Path) -> None:
    data = tmp_path / "data"
    data.touch()
    run = LocalRun(data, forked=False)
    run.begin()
    assert run.wait() == 1
    assert run.said == f"The data folder {data} cannot be used: File exists.\n"
