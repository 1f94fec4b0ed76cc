"""Firefox and WebKit, driven as the WebDriver standard (W3C) says, each by what Debian offers.

Firefox listens itself (Marionette: the same commands, over a socket), WebKit has a driver beside it.
"""

import json
import os
import shutil
import socket
import subprocess
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from itertools import count
from pathlib import Path
from typing import Any

from infrastructure.local.free_port import HeldPort
from tests.http import call

TAB, ENTER, ESCAPE = "\ue004", "\ue007", "\ue00c"
Command = Callable[[str, dict[str, Any]], Any]

_MARIONETTE = {
    "url": "WebDriver:Navigate",
    "execute/sync": "WebDriver:ExecuteScript",
    "execute/async": "WebDriver:ExecuteAsyncScript",
    "actions": "WebDriver:PerformActions",
}
_UNTIL = """const done = arguments[arguments.length - 1];
    const look = () => (%s) ? done(true) : setTimeout(look, 50);
    look()"""


class Remote:
    """A browser that is told what to do."""

    def __init__(self, command: Command) -> None:
        self._command = command

    def go(self, address: str) -> None:
        """Opens a page."""
        self._command("url", {"url": address})

    def run(self, script: str) -> Any:
        """What a script of the page answers."""
        return self._command("execute/sync", {"script": f"return ({script})", "args": []})

    def until(self, condition: str) -> None:
        """Waits until the condition, a script, holds."""
        self._command("execute/async", {"script": _UNTIL % condition, "args": []})

    def press(self, *keys: str) -> None:
        """Presses keys, one after the other; what is longer than one is typed."""
        strokes = [{"type": kind, "value": key} for key in "".join(keys) for kind in ("keyDown", "keyUp")]
        self._command("actions", {"actions": [{"type": "key", "id": "keyboard", "actions": strokes}]})


@contextmanager
def firefox(folder: Path) -> Iterator[Remote]:
    """Firefox with a new profile in `folder`."""
    port = HeldPort().number
    (folder / "user.js").write_text(f'user_pref("marionette.port", {port});\n')
    command = ["firefox-esr", "--headless", "--marionette", "--no-remote", "--profile", str(folder)]
    with _running(command, HOME=str(folder)) as process:
        assert process.stdout
        next(line for line in process.stdout if "Listening on port" in line)
        with socket.create_connection(("127.0.0.1", port)) as line:
            yield Remote(_marionette(line))


@contextmanager
def webkit() -> Iterator[Remote]:
    """WebKit, on a display that nobody sees."""
    port = HeldPort().number
    with _running(["xvfb-run", "-a", "WebKitWebDriver", f"--port={port}"]) as process:
        base = f"http://127.0.0.1:{port}"
        while not _listens(port):
            with suppress(subprocess.TimeoutExpired):
                process.wait(0.05)
        options = {"binary": str(mini_browser()), "args": ["--automation"]}
        fields = {"capabilities": {"alwaysMatch": {"webkitgtk:browserOptions": options}}}
        session = f"/session/{call(base, 'POST', '/session', fields).json['value']['sessionId']}"
        yield Remote(lambda name, body: _value(call(base, "POST", f"{session}/{name}", body).json))
        call(base, "DELETE", session)


def has_firefox() -> bool:
    """Whether it is installed."""
    return shutil.which("firefox-esr") is not None


def has_webkit() -> bool:
    """Whether it is installed, with its driver and a display for it."""
    return bool(shutil.which("WebKitWebDriver") and shutil.which("xvfb-run") and mini_browser())


def mini_browser() -> Path | None:
    """WebKit's own small browser."""
    return next(Path("/usr/lib").glob("*/webkit2gtk-4.*/MiniBrowser"), None)


@contextmanager
def _running(command: list[str], **environment: str) -> Iterator[subprocess.Popen[str]]:
    process = subprocess.Popen(
        command,
        env={**os.environ, **environment},
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        start_new_session=True,
    )
    try:
        yield process
    finally:
        os.killpg(process.pid, 15)
        process.communicate()


def _listens(port: int) -> bool:
    with socket.socket() as line:
        return line.connect_ex(("127.0.0.1", port)) == 0


def _marionette(line: socket.socket) -> Command:
    """Each packet is its length, a colon, and JSON: [kind, number, command, body]."""
    stream, numbers = line.makefile("rwb"), count(1)

    def receive() -> Any:
        length = int(b"".join(iter(lambda: stream.read(1), b":")))
        return json.loads(stream.read(length))

    def command(name: str, body: dict[str, Any]) -> Any:
        packet = json.dumps([0, next(numbers), _MARIONETTE.get(name, name), body]).encode()
        stream.write(b"%d:%b" % (len(packet), packet))
        stream.flush()
        _, _, error, answer = receive()
        assert error is None, error
        return answer and answer.get("value")

    receive()
    command("WebDriver:NewSession", {})
    return command


def _value(answer: Any) -> Any:
    value = answer["value"]
    assert not (isinstance(value, dict) and "error" in value), value
    return value
