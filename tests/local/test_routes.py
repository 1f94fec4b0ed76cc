"""Routing as API Gateway does it."""

import pytest

from infrastructure.local.gateway.routes import Match, Routes

ROUTES = Routes(
    [
        "/",
        "/{proxy+}",
        "/v1/form",
        "/v1/{thing}",
        "/v1/complaints/{reference}",
        "/v1/complaints/{reference}/messages",
    ]
)


@pytest.mark.parametrize(
    ("path", "pattern", "parameters"),
    [
        ("/", "/", {}),
        ("/v1/form", "/v1/form", {}),
        ("/v1/f%6Frm", "/v1/form", {}),
        ("/v1/other", "/v1/{thing}", {"thing": "other"}),
        ("/v1/complaints/C-1", "/v1/complaints/{reference}", {"reference": "C-1"}),
        ("/v1/complaints/a%2Fb%20%C3%BC", "/v1/complaints/{reference}", {"reference": "a/b ü"}),
        ("/v1/complaints/C-1/messages", "/v1/complaints/{reference}/messages", {"reference": "C-1"}),
        ("/v1/complaints/", "/{proxy+}", {"proxy": "v1/complaints/"}),
        ("/v1/form/", "/{proxy+}", {"proxy": "v1/form/"}),
        ("//v1/form", "/{proxy+}", {"proxy": "/v1/form"}),
        ("/%zz", "/{proxy+}", {"proxy": "%zz"}),
        ("/v1/complaints/%ff%00", "/v1/complaints/{reference}", {"reference": "\ufffd\x00"}),
    ],
)
def test_the_most_specific_pattern_wins(path: str, pattern: str, parameters: dict[str, str]) -> None:
    assert ROUTES.match(path) == Match(pattern, parameters)


@pytest.mark.parametrize("path", ["/v1/form/x", "*", "", "/v2"])
def test_without_a_catch_all_a_strange_path_has_no_route(path: str) -> None:
    assert Routes(["/v1/form"]).match(path) is None
