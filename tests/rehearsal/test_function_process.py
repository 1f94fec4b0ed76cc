"""The process that a function runs in gives it what Lambda gives it, and outlives its errors."""

import json
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from infrastructure.rehearsal import function_process
from infrastructure.rehearsal.deployed_stack import context

ARN = "arn:aws:lambda:eu-central-1:000000000000:function:greeter"
ENVIRONMENT = {
    "AWS_LAMBDA_FUNCTION_NAME": "greeter",
    "AWS_LAMBDA_FUNCTION_VERSION": "$LATEST",
    "AWS_LAMBDA_FUNCTION_MEMORY_SIZE": "512",
    "AWS_LAMBDA_LOG_GROUP_NAME": "/aws/lambda/greeter",
    "AWS_LAMBDA_LOG_STREAM_NAME": "rehearsal",
}
HANDLER = """
import sys
import library

def greet(event, context):
    print("printed")
    if "name" not in event:
        raise LookupError("who?")
    left = context.get_remaining_time_in_millis()
    told = [context.function_name, context.memory_limit_in_mb, context.aws_request_id, 0 < left <= 5000]
    outside = [path for path in sys.path if "site-packages" in path]
    return {"said": library.greeting(event["name"]), "told": told, "outside": outside}
"""


@pytest.fixture
def process(tmp_path: Path) -> Iterator["subprocess.Popen[str]"]:
    """A function in its zip's folder, with a library in that of its layers."""
    task, opt = tmp_path / "task", tmp_path / "opt"
    (opt / "python").mkdir(parents=True)
    task.mkdir()
    (task / "handler.py").write_text(HANDLER)
    (opt / "python/library.py").write_text("def greeting(name):\n    return f'Hello, {name}'\n")
    with subprocess.Popen(
        [sys.executable, "-I", "-S", function_process.__file__, task, opt, "handler.greet"],
        env=ENVIRONMENT,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    ) as running:
        yield running


def invoke(process: "subprocess.Popen[str]", event: object) -> Any:
    assert process.stdin is not None
    assert process.stdout is not None
    print(
        json.dumps({"event": event, "context": context(ARN, "a request", 5)}), file=process.stdin, flush=True
    )
    return json.loads(process.stdout.readline())


def test_a_function_sees_its_zip_and_its_layers_and_nothing_else(process: "subprocess.Popen[str]") -> None:
    answer = invoke(process, {"name": "Ada"})["result"]
    assert answer == {"said": "Hello, Ada", "told": ["greeter", 512, "a request", True], "outside": []}


def test_a_function_that_raises_is_there_for_the_next_event(process: "subprocess.Popen[str]") -> None:
    assert invoke(process, {}) == {"error": {"errorType": "LookupError", "errorMessage": "who?"}}
    assert invoke(process, {"name": "Ada"})["result"]["said"] == "Hello, Ada"


def test_what_a_function_prints_is_its_log(process: "subprocess.Popen[str]") -> None:
    invoke(process, {})
    _, log = process.communicate()
    assert log.startswith("printed\n")
    assert "LookupError" in log


def test_a_run_has_the_time_that_its_function_may_take() -> None:
    left = context(ARN, "a request", 60)["deadline_ms"] / 1000 - time.time()  # noqa: TID251 - as Lambda's
    assert 50 < left <= 60
