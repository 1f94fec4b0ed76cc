"""Links hold tokens in their queries: nothing that stands before the code may log an address."""

import json

from infrastructure.template.distribution import distribution
from infrastructure.template.gateway import ACCESS_LOG, rest_api


def test_s22_the_gateway_logs_patterns_of_addresses_and_no_address() -> None:
    found = set(ACCESS_LOG.values())
    assert "$context.resourcePath" in found
    assert not [
        each for each in found if each.endswith((".path", ".requestOverride.path")) or "query" in each
    ]
    settings = rest_api()["Properties"]["MethodSettings"]
    assert {(each["LoggingLevel"], each["DataTraceEnabled"]) for each in settings} == {("OFF", False)}


def test_s22_the_distribution_logs_nothing() -> None:
    """Its logs, where they are switched on, hold every query."""
    made = json.dumps(distribution())
    assert "CloudFront::Distribution" in made
    assert "Logging" not in made
    assert "RealtimeLogConfig" not in made
