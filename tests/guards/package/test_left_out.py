"""What is left out of the package is missed by nothing that is in it."""

import ast
from collections.abc import Iterator
from pathlib import Path

from tests.guards.package.built_package import Built

DONE_WITHOUT = {
    "aws_lambda_powertools/shared/functions.py": "a Pydantic model to log: there is none",
    "email_validator/deliverability.py": "dns: asked only where deliverability is checked, and ours is not",
    "msgspec/yaml.py": "yaml: there is none to read",
    "urllib3/response.py": "brotli: not asked for where it is not there",
    "urllib3/util/request.py": "brotli: not asked for where it is not there",
}
"""Who imports something that is left out, inside a function or a `try`, and why that is never missed."""


def test_nothing_in_the_package_imports_what_was_left_out(built: Built) -> None:
    """Compared are the locked packages as they come: what a module there could import, and here could not."""
    places = (built.folder / "task", built.folder / "opt/python")
    whole = next(built.python.parents[1].glob("lib/python3.*/site-packages"))
    left_out = modules(whole) - set().union(*map(modules, places))
    assert {"boto3", "dns", "pycparser", "aws_lambda_powertools.utilities.batch"} <= left_out
    asking = {
        path.relative_to(place).as_posix()
        for place in places
        for path in place.rglob("*.py")
        if not left_out.isdisjoint(imported(path, place))
    }
    assert asking == DONE_WITHOUT.keys()


def modules(place: Path) -> set[str]:
    paths = (path.relative_to(place).with_suffix("") for path in place.rglob("*.py"))
    return {".".join(path.parts).removesuffix(".__init__") for path in paths}


def imported(path: Path, place: Path) -> Iterator[str]:
    """All names that a module imports at any place, but for type checkers; some are no modules."""
    package = path.relative_to(place).parts[:-1]
    tree = ast.parse(path.read_bytes())
    for node in set(ast.walk(tree)) - set(for_types_alone(tree)):
        match node:
            case ast.Import():
                yield from (each.name for each in node.names)
            case ast.ImportFrom():
                above = package[: len(package) - node.level + 1] if node.level else ()
                source = ".".join((*above, *filter(None, [node.module])))
                yield from (source, *(f"{source}.{each.name}" for each in node.names))


def for_types_alone(tree: ast.AST) -> Iterator[ast.AST]:
    for node in ast.walk(tree):
        if isinstance(node, ast.If) and "TYPE_CHECKING" in ast.unparse(node.test):
            for statement in node.body:
                yield from ast.walk(statement)


def test_an_address_that_wants_a_closer_look_is_read(built: Built) -> None:
    """email_validator imports dns where it checks that mail can be delivered, and nowhere else."""
    program = """
from complaints.delivery.email_address import mail_address
print(json.dumps([mail_address("ada@bücher.example"), mail_address("ada@-.example")]))
"""
    assert built.run(program) == ["ada@xn--bcher-kva.example", None]


def test_tokens_of_staff_can_be_verified(built: Built) -> None:
    """cryptography works without cffi's Python part."""
    program = """
from joserfc import jwt
from joserfc.jwk import ECKey, RSAKey
from complaints.adapters.identity.oidc_tokens import ALGORITHMS
keys = {"ES256": ECKey.generate_key("P-256"), "RS256": RSAKey.generate_key(2048)}
tokens = {name: jwt.encode({"alg": name}, {"sub": name}, keys[name]) for name in ALGORITHMS}
read = {name: jwt.decode(tokens[name], keys[name], algorithms=[name]).claims["sub"] for name in tokens}
print(json.dumps([read, list(ALGORITHMS)]))
"""
    read, algorithms = built.run(program)
    assert read == {name: name for name in algorithms}


def test_what_is_imported_late_is_still_there(built: Built) -> None:
    """The documentation of clients, metrics, the version of a library for HTTP/2, moments in texts, XML, and
    other ciphers."""
    program = """
import io, botocore.session
from contextlib import redirect_stdout
late = ("html.parser", "importlib.metadata", "aws_lambda_powertools.metrics", "aws_lambda_powertools.tracing",
        "xml.etree.ElementTree", "typing_extensions", "cryptography.hazmat.primitives.ciphers.base",
        "dateutil.parser._parser")
from complaints.adapters.config import telemetry
from complaints.adapters.dynamodb import encryption, models
sealed = encryption.encrypted(b"words", bytes(32), ("pk", "sk"))
found = {"early": [name for name in late if name in sys.modules]}
client = botocore.session.get_session().create_client("dynamodb", "eu-central-1")
paginator = client.get_paginator("query")
found["documented"] = ["http" in str(each.__doc__).lower() or "::" in str(each.__doc__)
                       for each in (client.put_item, paginator.paginate)]
with redirect_stdout(io.StringIO()) as printed:
    telemetry.count("Tried")
found["counted"] = json.loads(printed.getvalue())["Tried"]
import urllib3.http2
from importlib.metadata import PackageNotFoundError
try: urllib3.http2.inject_into_urllib3()
except PackageNotFoundError as error: found["missing"] = error.name
found["words"] = encryption.decrypted(sealed, bytes(32), ("pk", "sk")).decode()
from cryptography.hazmat.primitives.ciphers import Cipher, algorithms, modes
found["cipher"] = len(Cipher(algorithms.AES(bytes(32)), modes.CBC(bytes(16))).encryptor().update(bytes(16)))
from botocore import credentials, handlers, parsers, utils
from dateutil.parser import isoparse, isoparser
moments = (credentials.parse("2026-03-02T09:30:00Z"), utils.parse_timestamp("Mon, 02 Mar 2026 09:30:00 GMT"),
           isoparse("2026-03-02T09:30:00Z"), isoparser().isoparse("2026-03-02T09:30:00Z"))
found["moments"] = sorted({each.isoformat() for each in moments})
found["cut"] = handlers._looks_like_special_case_error(200, b"<a>")
found["error"] = handlers._looks_like_special_case_error(200, b"<Error></Error>")
shape = client.meta.service_model.operation_model("Query").output_shape
answers = []
for body in (b"<Error><Code>NoSuchKey</Code></Error>", b"<Error>"):
    answer = {"status_code": 404, "headers": {}, "body": body}
    answers.append(parsers.create_parser("rest-xml").parse(answer, shape)["Error"]["Code"])
found["answers"] = answers
import botocore.docs.waiter
found["documents"] = callable(botocore.docs.generate_docs)
print(json.dumps(found))
"""
    assert built.run(program) == {
        "early": [],
        "documented": [True, True],
        "counted": [1.0],
        "missing": "h2",
        "words": "words",
        "cipher": 16,
        "moments": ["2026-03-02T09:30:00+00:00"],
        "cut": True,
        "error": True,
        "answers": ["NoSuchKey", "404"],
        "documents": True,
    }
