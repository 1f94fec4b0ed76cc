"""Breaks chosen AWS calls on purpose. For tests only: never package this folder.

    FAULT="dynamodb:TransactWriteItems:3:kill-after"   service:operation:nth:what
    FAULT_LOG=calls.log     one JSON line for each attempt, written before it is made
    FAULT_ONCE=fired        a fault fires only if it can create this file, so a
                            restarted process with the same settings runs through

Several faults are separated by commas. See README.md. Python loads this module by itself when its
folder is on `PYTHONPATH`; what it imports is imported where it is used, so that it costs nothing.
"""

import fnmatch
import json
import os
import signal
import threading
import time
from typing import Any

PLAIN = ("kill-before", "kill-after", "throttle", "timeout-after", "error500")
THROTTLED = {
    "dynamodb": "ProvisionedThroughputExceededException",
    "s3": "SlowDown",
    "sesv2": "TooManyRequestsException",
}


class Fault:
    """One `service:operation:nth:what`; `count` is how many attempts it has matched."""

    def __init__(self, text: str) -> None:
        try:
            self.service, self.operation, nth, self.what = text.strip().split(":")
            self.delay = int(self.what[5:]) / 1000 if self.what.startswith("slow-") else 0.0
            if not self.delay and self.what not in PLAIN:
                raise ValueError(self.what)
            self.first = 1 if nth == "*" else int(nth.rstrip("+"))
        except ValueError as error:
            raise SystemExit(f"FAULT is not service:operation:nth:what: {text!r} ({error})") from None
        self.open_ended = nth == "*" or nth.endswith("+")
        self.count = 0

    def hits(self, service: str, operation: str) -> bool:
        """Counts this attempt; whether it is the one (or one of those) to break."""
        matches = fnmatch.fnmatchcase(service, self.service.lower())
        if not (matches and fnmatch.fnmatchcase(operation, self.operation)):
            return False
        self.count += 1
        return self.count == self.first or (self.open_ended and self.count > self.first)


class Breaker:
    """The faults of this process, and how many attempts it has made."""

    def __init__(self, text: str) -> None:
        self._lock = threading.Lock()
        self._faults = [Fault(part) for part in text.split(",") if part.strip()]
        self._attempts = 0

    def meets(self, service: str, operation: str) -> Fault | None:
        """Counts and notes an attempt; the fault that breaks it, if one does."""
        with self._lock:
            self._attempts += 1
            due = [fault for fault in self._faults if fault.hits(service, operation)]
            fault = due[0] if due and _may_fire() else None
            _note(self._attempts, service, operation, fault)
        return fault


def _may_fire() -> bool:
    path = os.environ.get("FAULT_ONCE")
    if not path:
        return True
    try:
        os.close(os.open(path, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600))
    except FileExistsError:
        return False
    return True


def _note(n: int, service: str, operation: str, fault: Fault | None) -> None:
    """One write a line: lines stay whole, even from many processes."""
    path = os.environ.get("FAULT_LOG")
    if not path:
        return
    made = {"at": time.time(), "pid": os.getpid(), "thread": threading.current_thread().name, "n": n}  # noqa: TID251 - for who reads the log
    found = made | {"service": service, "operation": operation, "fault": fault and fault.what}
    handle = os.open(path, os.O_CREAT | os.O_APPEND | os.O_WRONLY, 0o600)
    try:
        os.write(handle, (json.dumps(found) + "\n").encode())
    finally:
        os.close(handle)


def _die() -> None:
    """No handler, no finally, no flush."""
    os.kill(os.getpid(), signal.SIGKILL)


def _refusal(url: str, service: str, what: str) -> Any:
    """What AWS answers when it did not do the call: (HTTP answer, parsed), and no exception."""
    from botocore.awsrequest import AWSResponse

    status, code = 500, "InternalServerError" if service == "dynamodb" else "InternalFailure"
    if what == "throttle":
        status, code = 400, THROTTLED.get(service, "ThrottlingException")
    headers: Any = {}
    answer: Any = AWSResponse(url, status, headers, None)
    answer._content = b""
    meta = {"HTTPStatusCode": status, "HTTPHeaders": headers, "RequestId": "injected"}
    return (answer, {"Error": {"Code": code, "Message": "injected by FAULT"}, "ResponseMetadata": meta}), None


def install(breaker: Breaker) -> None:
    """Puts the faults under every botocore client of this process, which tries again at once: how long it
    waits on AWS changes nothing of what it does."""
    from botocore.endpoint import Endpoint
    from botocore.exceptions import ReadTimeoutError
    from botocore.retries.standard import ExponentialBackoff

    ExponentialBackoff.delay_amount = lambda *_: 0  # type: ignore[method-assign]
    real = Endpoint._do_get_response  # type: ignore[attr-defined]  # botocore's own way out

    def broken(self: Endpoint, request: Any, model: Any, context: Any) -> Any:
        service = model.service_model.service_name.lower()
        fault = breaker.meets(service, model.name)
        what = fault.what if fault else ""
        if what == "kill-before":
            _die()
        if what in ("throttle", "error500"):
            return _refusal(request.url, service, what)
        if fault and fault.delay:
            time.sleep(fault.delay)
        answer = real(self, request, model, context)
        if what == "kill-after":
            _die()
        return (None, ReadTimeoutError(endpoint_url=request.url)) if what == "timeout-after" else answer

    Endpoint._do_get_response = broken  # type: ignore[attr-defined]  # as above


if os.environ.get("FAULT") or os.environ.get("FAULT_LOG"):
    install(Breaker(os.environ.get("FAULT", "")))
