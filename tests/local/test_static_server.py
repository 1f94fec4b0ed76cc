"""Static files in a local run, as the distribution serves them."""

import gzip
from pathlib import Path

import brotli
import pytest

from infrastructure.local.gateway.http import Answer, Request
from infrastructure.local.static_server import StaticServer, is_static
from infrastructure.statics.fingerprint import hashed
from infrastructure.statics.headers import FOR_GOOD, FOR_MINUTES
from tests.local_run import LocalRun

CONTENT = b"a { color: red }\n" * 100
STYLE = "/" + hashed("static/style.css", CONTENT)


@pytest.fixture
def edge(tmp_path: Path) -> StaticServer:
    for path, content in ((STYLE, CONTENT), ("/widget.js", b"load()")):
        target = tmp_path / "out" / path[1:]
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(content)
    (tmp_path / "secret.js").write_text("secret")
    return StaticServer(tmp_path / "out")


def ask(edge: StaticServer, path: str, method: str = "GET", **headers: str) -> Answer:
    sent = {name.replace("_", "-"): value for name, value in headers.items()}
    return edge.answer(Request(method, path, headers=sent), path)


def test_a_file_is_served_to_any_origin_with_its_type_and_for_as_long_as_its_name_says(
    edge: StaticServer,
) -> None:
    style, loader = ask(edge, STYLE), ask(edge, "/widget.js")
    assert (style.status, style.body) == (200, CONTENT)
    assert (style.header("content-type"), style.header("cache-control")) == (
        "text/css; charset=utf-8",
        FOR_GOOD,
    )
    assert loader.header("cache-control") == FOR_MINUTES
    for got in (style, loader):
        assert got.header("access-control-allow-origin") == "*"
        assert got.header("cross-origin-resource-policy") == "cross-origin"
        assert got.header("x-content-type-options") == "nosniff"


def test_it_is_packed_as_the_browser_can_read_it(edge: StaticServer) -> None:
    packed = ask(edge, STYLE, accept_encoding="gzip, deflate, br;q=0.9")
    assert packed.header("content-encoding") == "br"
    assert brotli.decompress(packed.body) == CONTENT
    older = ask(edge, STYLE, accept_encoding="gzip")
    assert older.header("content-encoding") == "gzip"
    assert gzip.decompress(older.body) == CONTENT
    assert ask(edge, "/widget.js", accept_encoding="br").header("content-encoding") == ""


def test_what_a_browser_has_is_not_sent_again(edge: StaticServer) -> None:
    tag = ask(edge, STYLE).header("etag")
    again = ask(edge, STYLE, if_none_match=tag)
    assert (again.status, again.body) == (304, b"")
    assert again.header("cache-control") == FOR_GOOD
    assert ask(edge, STYLE, if_none_match='"another"').status == 200


@pytest.mark.parametrize(
    "path",
    [
        "/static/none.css",
        "/static/",
        "/static/../../secret.js",
        "/static/%2e%2e/%2e%2e/secret.js",
        "/widget/../../secret.js",
    ],
)
def test_nothing_but_what_was_made_is_served(edge: StaticServer, path: str) -> None:
    assert ask(edge, path).status == 404


def test_it_is_read_only(edge: StaticServer) -> None:
    refused = ask(edge, STYLE, "POST")
    assert (refused.status, refused.header("allow")) == (405, "GET, HEAD")


@pytest.mark.parametrize("path", ["/widgets.js", "/widget.js/x", "/statics/x", "/", "/widget"])
def test_what_only_begins_like_it_belongs_to_the_api(path: str) -> None:
    assert not is_static(path)


def test_static_files_are_served_under_the_prefix_too(local_run: LocalRun) -> None:
    for path in ("/widget.js", "/api/widget.js"):
        got = local_run.call("GET", path)
        assert got.status == 200
        assert got.headers["Content-Type"] == "text/javascript; charset=utf-8"
        assert got.headers["Set-Cookie"] is None
