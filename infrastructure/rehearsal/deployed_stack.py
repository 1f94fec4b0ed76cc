"""What the simulator holds of a function, unpacked and run: its zip, its layers, its environment, its role.

The function runs in a bare Python 3.13 that sees the package and nothing else: the layers have to bring all
that it imports, AWS's own libraries too. Lambda mounts layers at /opt; here that is a folder, and a variable
that names something below /opt names it there. A variable that names a host of Cognito's names the simulator.
"""

import hashlib
import io
import json
import os
import re
import subprocess
import threading
import time
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple
from urllib.parse import urlsplit
from zipfile import ZipFile

import urllib3

from infrastructure.rehearsal import function_process
from infrastructure.rehearsal.environment import aws_environment

if TYPE_CHECKING:
    from types_boto3_lambda import LambdaClient
    from types_boto3_lambda.type_defs import FunctionConfigurationTypeDef
    from types_boto3_sts import STSClient

MOUNTED = "/opt/"
COGNITO = re.compile(r"https://(?:cognito-idp|[a-z0-9-]+\.auth)\.[a-z0-9-]+\.amazon(?:aws|cognito)\.com(?=/)")
"""A host of Cognito's."""
ISSUER = "ANSWERABLE_ISSUER"
"""The one address of Cognito's that nothing is asked at: tokens name it."""


class Aws(NamedTuple):
    """The simulator as a function's host asks it."""

    endpoint: str
    functions: "LambdaClient"
    roles: "STSClient"


class Failed(Exception):
    """The function raised an error, or its process ended; the text names the type, and no more."""


class Deployed:
    """One function as it is deployed, in a process of its own that is started by its first event."""

    def __init__(self, aws: Aws, configuration: "FunctionConfigurationTypeDef", host: "Host") -> None:
        self.version = version(configuration)
        self.name = configuration["FunctionName"]
        self._aws, self._configuration, self._host = aws, configuration, host
        self._process: subprocess.Popen[str] | None = None
        self._running = threading.Lock()

    def invoke(self, event: Any, context: dict[str, Any]) -> Any:
        """What the function answers. Raises `Failed`."""
        with self._running:
            if self._process is None:
                self._process = self._start()
            requests, answers = self._process.stdin, self._process.stdout
            assert requests is not None
            assert answers is not None
            try:
                print(json.dumps({"event": event, "context": context}), file=requests, flush=True)
                found = answers.readline()
            except OSError as error:
                raise Failed(f"{self.name} is not there: {type(error).__name__}") from error
        if not found:
            raise Failed(f"{self.name} ended by itself")
        answer = json.loads(found)
        if "error" in answer:
            raise Failed(f"{self.name} raised {answer['error']['errorType']}")
        return answer["result"]

    def end(self) -> None:
        """End the process, if it was started."""
        if self._process is not None:
            self._process.kill()
            self._process.communicate()

    def _start(self) -> "subprocess.Popen[str]":
        task, opt = self._host.unpacked(self._aws, self._configuration)
        places = [str(task), str(opt), self._configuration["Handler"]]
        with (self._host.folder / f"{self.name}.log").open("ab") as log:
            return subprocess.Popen(
                [self._host.python, "-I", "-S", function_process.__file__, *places],
                env=self._environment(opt),
                cwd=task,
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=log,
                text=True,
            )

    def _environment(self, opt: Path) -> dict[str, str]:
        """What the stack says, what Lambda adds, and where AWS is."""
        configuration = self._configuration
        variables = configuration.get("Environment", {}).get("Variables", {})
        return {
            "PATH": os.defpath,
            "LANG": "C.UTF-8",
            "TZ": ":UTC",
            **{
                name: value if name == ISSUER else COGNITO.sub(self._aws.endpoint, _at(opt, value))
                for name, value in variables.items()
            },
            "AWS_LAMBDA_FUNCTION_NAME": self.name,
            "AWS_LAMBDA_FUNCTION_VERSION": "$LATEST",
            "AWS_LAMBDA_FUNCTION_MEMORY_SIZE": str(configuration["MemorySize"]),
            "AWS_LAMBDA_LOG_GROUP_NAME": f"/aws/lambda/{self.name}",
            "AWS_LAMBDA_LOG_STREAM_NAME": "rehearsal",
            **aws_environment(self._aws.endpoint, self._host.certificate),
            **self._credentials(),
        }

    def _credentials(self) -> dict[str, str]:
        """Those of the function's own role, as Lambda hands them to it."""
        role = self._configuration["Role"]
        credentials = self._aws.roles.assume_role(RoleArn=role, RoleSessionName=self.name)["Credentials"]
        return {
            "AWS_ACCESS_KEY_ID": credentials["AccessKeyId"],
            "AWS_SECRET_ACCESS_KEY": credentials["SecretAccessKey"],
            "AWS_SESSION_TOKEN": credentials["SessionToken"],
        }


_UNPACKING = threading.Lock()
"""Functions that wake at once share folders: none starts on one that is half unpacked."""


class Host(NamedTuple):
    """What all functions share: the bare interpreter, a folder, and whom they trust over TLS."""

    python: Path
    folder: Path
    certificate: Path

    def unpacked(self, aws: Aws, configuration: "FunctionConfigurationTypeDef") -> tuple[Path, Path]:
        """The folders of a function's code and of its layers, which functions with the same ones share."""
        code = aws.functions.get_function(FunctionName=configuration["FunctionName"])["Code"]["Location"]
        layers = [layer["Arn"] for layer in configuration.get("Layers", [])]
        task = self.folder / f"task-{_short(configuration['CodeSha256'])}"
        opt = self.folder / f"opt-{_short(*layers)}"
        with _UNPACKING:
            if not task.exists():
                self._unpack(aws, code, task)
            if not opt.exists():
                for arn in layers:
                    version = aws.functions.get_layer_version_by_arn(Arn=arn)
                    self._unpack(aws, version["Content"]["Location"], opt)
        return task, opt

    def _unpack(self, aws: Aws, location: str, folder: Path) -> None:
        """Unpack what lies at a location, which the simulator names without TLS."""
        address = aws.endpoint + urlsplit(location)._replace(scheme="", netloc="").geturl()
        got = urllib3.PoolManager(ca_certs=str(self.certificate)).request("GET", address)
        assert got.status == 200, f"the simulator does not hand out what it was given: {got.status}"
        with ZipFile(io.BytesIO(got.data)) as archive:
            archive.extractall(folder)


def version(configuration: "FunctionConfigurationTypeDef") -> str:
    """Another text for whatever else a function is made of."""
    made_of = ("CodeSha256", "Handler", "Environment", "Layers", "Role", "MemorySize")
    return json.dumps({name: configuration.get(name) for name in made_of}, sort_keys=True)


def context(arn: str, request: str, seconds: int) -> dict[str, Any]:
    """What Lambda tells a function of a run that may take so long."""
    return {"arn": arn, "request": request, "deadline_ms": int((time.time() + seconds) * 1000)}


def _at(opt: Path, value: str) -> str:
    return f"{opt}/{value.removeprefix(MOUNTED)}" if value.startswith(MOUNTED) else value


def _short(*names: str) -> str:
    return hashlib.sha256("\n".join(names).encode()).hexdigest()[:16]
