"""The distribution hands static files out of a closed bucket, keeps nothing else, and writes nothing down."""

import json
from typing import Any

import pytest

from app import app
from infrastructure.local.static_server import METHODS, is_static
from infrastructure.statics.headers import GUARDS, PATHS, READ_ANYWHERE
from infrastructure.template import distribution as template
from infrastructure.template.functions import ENVIRONMENT, chalice_config
from tests.local_run import LocalRun

MADE = template.distribution()
CONFIG: dict[str, Any] = MADE["Distribution"]["Properties"]["DistributionConfig"]


def test_an_address_with_a_token_is_never_written_down() -> None:
    found = json.dumps(MADE)
    assert "Log" not in found
    assert MADE["Distribution"]["Properties"].keys() == {"DistributionConfig"}


def test_what_is_no_static_file_is_asked_of_the_api_each_time_and_whole() -> None:
    usual = CONFIG["DefaultCacheBehavior"]
    assert usual["TargetOriginId"] == "api"
    assert (usual["CachePolicyId"], usual["OriginRequestPolicyId"]) == (
        template.NEVER_KEPT,
        template.ALL_BUT_HOST,
    )
    methods = {method for bound in app.routes.values() for method in bound}
    assert methods <= set(usual["AllowedMethods"])
    assert {told["ErrorCachingMinTTL"] for told in CONFIG["CustomErrorResponses"]} == {0}


def test_the_api_is_asked_at_its_stage() -> None:
    """Where no stage is called so, the gateway answers each request with a 403."""
    (origin,) = [each for each in CONFIG["Origins"] if each["Id"] == "api"]
    assert origin["OriginPath"] == f"/{chalice_config('prod', 'arm64')['api_gateway_stage']}"


def test_static_files_come_from_the_bucket_under_the_addresses_of_a_local_run() -> None:
    behaviours = {each["PathPattern"]: each for each in CONFIG["CacheBehaviors"]}
    del behaviours[template.FORM]
    assert set(behaviours) == {f"/{path}" for path in PATHS}
    assert all(is_static(pattern.replace("*", "x.js")) for pattern in behaviours)
    for each in behaviours.values():
        assert each["TargetOriginId"] == "statics"
        assert each["AllowedMethods"] == list(METHODS)
        assert each["Compress"]
        assert "OriginRequestPolicyId" not in each, (
            "no query, cookie or header of a visitor reaches the bucket"
        )


def test_only_the_form_is_kept_of_the_api_by_all_that_it_depends_on(local_run: LocalRun) -> None:
    stored = MADE["FormKept"]["Properties"]["CachePolicyConfig"]
    key = stored["ParametersInCacheKeyAndForwardedToOrigin"]
    got = local_run.call("GET", f"{template.FORM}?site=demo", Origin="http://127.0.0.1:8000")
    assert got.headers["Cache-Control"] == f"public, max-age={stored['MaxTTL']}"
    assert got.headers["Vary"].split(", ")[:2] == key["HeadersConfig"]["Headers"]
    assert key["QueryStringsConfig"]["QueryStrings"] == ["site", "lang"]
    assert local_run.call("GET", f"{template.FORM}?site=nobody").headers["Cache-Control"] == "no-store"
    (behaviour,) = [each for each in CONFIG["CacheBehaviors"] if each["PathPattern"] == template.FORM]
    assert behaviour["CachePolicyId"] == {"Ref": "FormKept"}
    assert "OriginRequestPolicyId" not in behaviour, "the API sees nothing that the key does not hold"


def test_no_route_of_the_api_lies_where_static_files_do() -> None:
    assert [route for route in app.routes if is_static(route)] == []


def test_the_headers_of_static_files_are_those_of_a_local_run() -> None:
    config = MADE["StaticsHeaders"]["Properties"]["ResponseHeadersPolicyConfig"]
    expected = {header["Header"]: header["Value"] for header in config["CustomHeadersConfig"]["Items"]}
    (origin,) = config["CorsConfig"]["AccessControlAllowOrigins"]["Items"]
    assert expected | {"Access-Control-Allow-Origin": origin} == READ_ANYWHERE
    assert not config["CorsConfig"]["AccessControlAllowCredentials"]
    security = config["SecurityHeadersConfig"]
    tls = security["StrictTransportSecurity"]
    assert {
        "X-Content-Type-Options": "nosniff",
        "Strict-Transport-Security": f"max-age={tls['AccessControlMaxAgeSec']}; includeSubDomains",
    } == GUARDS
    assert security["ContentTypeOptions"]["Override"]
    assert tls["IncludeSubdomains"]


@pytest.mark.parametrize("statement", MADE["StaticsPolicy"]["Properties"]["PolicyDocument"]["Statement"][1:])
def test_only_this_distribution_reads_the_bucket(statement: dict[str, Any]) -> None:
    assert statement["Principal"] == {"Service": "cloudfront.amazonaws.com"}
    assert statement["Action"] in ("s3:GetObject", "s3:ListBucket")
    source = statement["Condition"]["StringEquals"]["AWS:SourceArn"]["Fn::Sub"]
    assert source.endswith(":distribution/${Distribution}")


def test_the_bucket_is_closed_to_the_public_and_to_plain_http() -> None:
    assert all(MADE["Statics"]["Properties"]["PublicAccessBlockConfiguration"].values())
    refused = MADE["StaticsPolicy"]["Properties"]["PolicyDocument"]["Statement"][0]
    assert (refused["Effect"], refused["Principal"], refused["Action"]) == ("Deny", "*", "s3:*")
    assert refused["Condition"] == {"Bool": {"aws:SecureTransport": "false"}}


def test_nothing_goes_in_or_out_without_tls_1_2() -> None:
    (has_certificate, certificate, _) = CONFIG["ViewerCertificate"]["Fn::If"]
    assert has_certificate == "HasCertificate"
    assert certificate["MinimumProtocolVersion"] == "TLSv1.2_2021"
    assert certificate["SslSupportMethod"] == "sni-only"
    behaviours = [CONFIG["DefaultCacheBehavior"], *CONFIG["CacheBehaviors"]]
    assert {each["ViewerProtocolPolicy"] for each in behaviours} == {"redirect-to-https"}
    origins = {origin["Id"]: origin for origin in CONFIG["Origins"]}
    assert origins["api"]["CustomOriginConfig"] == {
        "OriginProtocolPolicy": "https-only",
        "OriginSSLProtocols": ["TLSv1.2"],
    }


def test_no_function_waits_for_the_distribution_that_waits_for_it() -> None:
    assert "Distribution" not in json.dumps(ENVIRONMENT)
