"""A request goes to the origin that the deployed configuration of a distribution leads it to."""

from collections.abc import Mapping
from typing import Any, cast

import pytest

from infrastructure.rehearsal.distribution import Distribution, Forwarded

SECRET = {"HeaderName": "Referer", "HeaderValue": "s3cret"}
API = {
    "Id": "api",
    "DomainName": "abc123.execute-api.eu-central-1.amazonaws.com",
    "OriginPath": "/api",
    "CustomHeaders": {"Quantity": 1, "Items": [SECRET]},
}
BUCKET = {"Id": "statics", "DomainName": "statics.s3.eu-central-1.amazonaws.com", "OriginPath": ""}
METHODS = {"Items": ["GET", "HEAD"]}
CONFIG = {
    "Origins": {"Items": [BUCKET, API]},
    "DefaultCacheBehavior": {
        "TargetOriginId": "api",
        "AllowedMethods": {"Items": ["GET", "HEAD", "POST"]},
        "CachePolicyId": "none",
        "OriginRequestPolicyId": "all",
    },
    "CacheBehaviors": {
        "Items": [
            {
                "PathPattern": "/static/*",
                "TargetOriginId": "statics",
                "AllowedMethods": METHODS,
                "CachePolicyId": "none",
            },
            {
                "PathPattern": "/v1/form",
                "TargetOriginId": "api",
                "AllowedMethods": METHODS,
                "CachePolicyId": "form",
            },
        ]
    },
}
KEYS: Mapping[str, Any] = {
    "none": {"QueryStringsConfig": {}, "HeadersConfig": {}},
    "form": {
        "QueryStringsConfig": {"QueryStrings": {"Items": ["site"]}},
        "HeadersConfig": {"Headers": {"Items": ["Origin"]}},
    },
}


class Client:
    """What the simulator holds."""

    def get_distribution_config(self, Id: str) -> Any:
        return {"DistributionConfig": CONFIG}

    def get_cache_policy(self, Id: str) -> Any:
        config = {"ParametersInCacheKeyAndForwardedToOrigin": KEYS[Id]}
        return {"CachePolicy": {"CachePolicyConfig": config}}


@pytest.mark.parametrize(
    ("method", "path", "expected"),
    [
        ("POST", "/v1/complaints?a=1", ("abc123", "/api/v1/complaints?a=1", {"origin", "token", "Referer"})),
        ("GET", "/v1/form?site=demo&a=1", ("abc123", "/api/v1/form?site=demo", {"origin", "Referer"})),
        ("GET", "/static/desk.css?a=1", ("", "/static/desk.css", set())),
        ("POST", "/v1/form", None),
    ],
)
def test_a_request_goes_as_the_first_behaviour_says_that_fits(
    method: str, path: str, expected: tuple[str, str, set[str]] | None
) -> None:
    distribution = Distribution(cast(Any, Client()), "E1")
    found = distribution.forwarded(method, path, {"origin": "https://shop.example", "token": "t"})
    assert (found and (found.api, found.path, set(found.headers))) == expected


def test_what_the_distribution_says_of_itself_takes_the_place_of_what_a_visitor_says() -> None:
    found = Distribution(cast(Any, Client()), "E1").forwarded("GET", "/health", {"Referer": "mine"})
    assert found == Forwarded("abc123", "/api/health", {"Referer": "s3cret"})
