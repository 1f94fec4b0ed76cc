"""Where the simulator forwards the events of functions to: it runs them, and notes each run."""

import json
import sys
import threading
import time
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any, NamedTuple

from botocore.exceptions import BotoCoreError, ClientError

from infrastructure.rehearsal.deployed_stack import Aws, Deployed, Failed, Host, context, version
from infrastructure.rehearsal.environment import LOOPBACK


class Run(NamedTuple):
    """One run of a function: its name, what woke it, how long it took, what it answered or how it failed."""

    function: str
    source: str
    milliseconds: int
    answer: Any = None
    failure: str = ""


class Functions:
    """The functions of a stack, each as the simulator holds it when an event comes."""

    def __init__(self, host: Host) -> None:
        self.runs: list[Run] = []
        self.host = host
        self._aws: Aws | None = None
        self._deployed: dict[str, Deployed] = {}
        self._changing = threading.Lock()
        self._server = _Server((LOOPBACK, 0), _handler(self))
        threading.Thread(target=self._server.serve_forever, daemon=True).start()

    @property
    def address(self) -> str:
        """Where events are posted to."""
        return f"http://{LOOPBACK}:{self._server.server_port}/"

    def serve(self, aws: Aws) -> None:
        """Run the functions that this simulator holds."""
        self._aws = aws

    def close(self) -> None:
        """Take no more events, and end what runs."""
        self._server.shutdown()
        self._server.server_close()
        for deployed in self._deployed.values():
            deployed.end()

    def run(self, name: str, event: Any, request: str) -> Run:
        """Run a function for one event, and note the run."""
        begun = time.monotonic()
        answer, failure = None, ""
        try:
            assert self._aws is not None, "no event comes before there is a simulator"
            configuration = self._aws.functions.get_function_configuration(FunctionName=name)
            lambda_context = context(configuration["FunctionArn"], request, configuration["Timeout"])
            answer = self._current(self._aws, configuration).invoke(event, lambda_context)
        except Failed as error:
            failure = str(error)
        except (BotoCoreError, ClientError) as error:
            failure = f"the simulator does not tell of {name}: {type(error).__name__}"
        run = Run(name, _source(event), round((time.monotonic() - begun) * 1000), answer, failure)
        self.runs.append(run)
        return run

    def _current(self, aws: Aws, configuration: Any) -> Deployed:
        """The function as it is deployed now; an earlier one of that name is ended."""
        name = configuration["FunctionName"]
        with self._changing:
            known = self._deployed.get(name)
            if known is None or known.version != version(configuration):
                if known:
                    known.end()
                known = self._deployed[name] = Deployed(aws, configuration, self.host)
            return known


def _whole(event: Any) -> Any:
    """The event as Lambda has it: what comes from a topic has all its fields, also those that are empty."""
    for record in event.get("Records", ()):
        if "Sns" in record:
            record["Sns"] = {"Subject": None, "MessageAttributes": {}} | record["Sns"]
    return event


def _source(event: Any) -> str:
    """What woke the function."""
    records = event.get("Records", ())
    if records:
        return str(records[0].get("eventSource") or records[0].get("EventSource"))
    return str(event.get("source") or "aws:apigateway")


class _Server(ThreadingHTTPServer):
    """The simulator is ended while events are on their way: who hung up is no fault."""

    def handle_error(self, request: Any, client_address: Any) -> None:
        if not isinstance(sys.exception(), ConnectionError):
            super().handle_error(request, client_address)


def _handler(functions: Functions) -> type[BaseHTTPRequestHandler]:
    class Handler(BaseHTTPRequestHandler):
        """An event is posted with the function's name in a header; an error is answered with a 500."""

        def do_POST(self) -> None:
            event = _whole(json.loads(self.rfile.read(int(self.headers["Content-Length"]))))
            name = self.headers["X-Amzn-Lambda-Function-Name"]
            run = functions.run(name, event, self.headers["X-Amzn-Lambda-Request-Id"])
            body = json.dumps({"errorMessage": run.failure} if run.failure else run.answer).encode()
            self.send_response(500 if run.failure else 200)
            self.send_header("Content-Type", "application/json")
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *_: Any) -> None:
            """Says nothing: the runs are noted."""

    return Handler
