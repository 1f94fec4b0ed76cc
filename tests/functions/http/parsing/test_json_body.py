"""Bodies that are no JSON object, too large, or read by no two parsers alike: refused, each in its way."""

import gzip
import json

import pytest

from tests.functions.endpoints import Write, every_write, intake
from tests.http import Answer
from tests.journeys.steps import complain, form, submit
from tests.local_run import LocalRun

GOOD = json.dumps(form()).encode()
NASTY = {
    "nothing": b"",
    "no JSON": b"{not json",
    "two objects": GOOD + GOOD,
    "a list": b"[]",
    "a text": b'"text"',
    "null": b"null",
    "100,000 deep": b'{"a":' + b"[" * 100_000 + b"]" * 100_000 + b"}",
    "100,000 open": b"[" * 100_000,
    "100,000 objects deep": b'{"a":' * 40_000,
    "21 deep": b'{"a":' + b"[" * 20 + b"]" * 20 + b"}",
    "brackets behind a broken text": b'{"a":"\\' + b"[" * 50_000,
    "201 names": json.dumps({f"n{number}": 1 for number in range(201)}).encode(),
    "NaN": b'{"a":NaN}',
    "Infinity": b'{"a":-Infinity}',
    "31 digits": b'{"a":' + b"1" * 31 + b"}",
    "6,000 digits": b'{"a":' + b"9" * 6_000 + b"}",
    "31 digits with a point": b'{"a":1.' + b"1" * 30 + b"}",
    "a lone surrogate": b'{"description":"\\ud800"}',
    "a lone surrogate in a name": b'{"\\udfff":1}',
    "a lone surrogate in a list": b'{"a":["\\udc00"]}',
    "NUL": b'{"description":"a\\u0000b"}',
    "a raw NUL": b'{"description":"a\0b"}',
    "a raw control": b'{"description":"a\x07b"}',
    "bad UTF-8": b'{"description":"\xff\xfe"}',
    "overlong UTF-8": b'{"description":"\xc0\xaf"}',
    "a byte order mark": b"\xef\xbb\xbf" + GOOD,
    "UTF-16": json.dumps(form()).encode("utf-16"),
    "UTF-32": json.dumps(form()).encode("utf-32"),
    "gzip": gzip.compress(GOOD),
    "a form": b"description=x&consent=true",
}


@pytest.fixture(scope="module")
def writes(local_run: LocalRun) -> list[Write]:
    return every_write(complain(local_run))


def is_problem(got: Answer, status: int, code: str) -> bool:
    """Whether the answer is that problem (RFC 9457), and says no more than one may know."""
    named = (got.status, got.json["status"], got.json["type"]) == (status, status, f"/problems/{code}")
    return (
        named
        and got.headers["Content-Type"] == "application/problem+json; charset=utf-8"
        and bool(got.json["title"] and got.json["detail"])
        and "Traceback" not in got.text
    )


@pytest.mark.parametrize("name", NASTY)
def test_s1_a_nasty_body_is_a_clear_400(local_run: LocalRun, name: str) -> None:
    got = intake(local_run).send(NASTY[name])
    assert is_problem(got, 400, "unreadable"), got.text


def test_s1_every_address_reads_bodies_alike(writes: list[Write]) -> None:
    for write in writes:
        for name in ("no JSON", "a list", "100,000 deep", "a lone surrogate", "bad UTF-8", "NUL"):
            assert is_problem(write.send(NASTY[name]), 400, "unreadable"), (write.path, name)


@pytest.mark.parametrize(
    "size", [256 * 1024 + 1, 5_000_000, 10_485_761], ids=["just over", "5 MB", "over 10 MB"]
)
def test_s1_a_body_that_is_too_large_is_413(local_run: LocalRun, size: int) -> None:
    for body in (b" " * size, b'{"description":"' + b"x" * (size - 18) + b'"}'):
        assert is_problem(intake(local_run).send(body), 413, "too-large")


def test_s1_the_largest_body_is_read(local_run: LocalRun) -> None:
    padded = json.dumps(form(description="")).encode()
    padded += b" " * (256 * 1024 - len(padded))
    assert is_problem(intake(local_run).send(padded), 422, "invalid")


def test_s1_the_deepest_and_widest_body_is_read(local_run: LocalRun) -> None:
    deep = b'{"a":' + b"[" * 19 + b"]" * 19 + b"}"
    wide = json.dumps({f"n{number}": "[[[[" for number in range(200)}).encode()
    for body in (deep, wide, b'{"a":' + b"1" * 30 + b"}"):
        assert is_problem(intake(local_run).send(body), 422, "invalid")


@pytest.mark.parametrize(
    "body",
    [
        b'{"site":"demo","site":"demo"}',
        b'{"a":{"b":1,"b":2}}',
        b'{"a":[{"b":1,"\\u0062":1}]}',
        GOOD[:-1] + b',"description":"Something else"}',
    ],
    ids=["twice the same", "below", "escaped", "a whole form"],
)
def test_s2_a_name_that_stands_twice_is_refused(local_run: LocalRun, body: bytes) -> None:
    assert is_problem(intake(local_run).send(body), 400, "unreadable")


@pytest.mark.parametrize(
    "kind",
    [
        "text/plain",
        "application/x-www-form-urlencoded",
        "application/json; charset=utf-16",
        "application/json; charset=latin-1",
        "application/jsonp",
        "multipart/form-data; boundary=x",
        "nonsense",
    ],
)
def test_s3_another_content_type_is_415_on_every_write(writes: list[Write], kind: str) -> None:
    for write in writes:
        assert is_problem(write.send(GOOD, Content_Type=kind), 415, "wrong-type"), write.path


def test_s3_no_content_type_is_415_on_every_write(writes: list[Write]) -> None:
    for write in writes:
        assert is_problem(write.send(GOOD, Content_Type=""), 415, "wrong-type"), write.path


def test_s3_a_compressed_body_is_415(local_run: LocalRun) -> None:
    for coding in ("gzip", "br", "deflate", "zstd"):
        got = intake(local_run).send(gzip.compress(GOOD), Content_Encoding=coding)
        assert is_problem(got, 415, "wrong-type")


@pytest.mark.parametrize(
    "kind", ["application/json", "Application/JSON ; charset=UTF-8", 'application/json;charset="utf-8"']
)
def test_json_may_be_declared_in_each_usual_way(local_run: LocalRun, kind: str) -> None:
    assert submit(local_run, form(), Content_Type=kind).status == 201
