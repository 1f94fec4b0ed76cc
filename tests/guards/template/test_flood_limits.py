"""What a flood must not do: go past the distribution, take the runs of others, or cost without a ceiling."""

from typing import Any

from infrastructure.template.distribution import SAID_BY_DISTRIBUTION, distribution
from infrastructure.template.functions import SET_ASIDE, handlers
from infrastructure.template.gateway import rest_api
from infrastructure.template.parameters import CONDITIONS, PARAMETERS
from infrastructure.template.storage.database import table

SECRET = {"Ref": "OriginSecret"}


def where(condition: str, made: Any) -> tuple[Any, Any]:
    """What stands where the condition holds, and where it does not."""
    name, yes, no = made["Fn::If"]
    assert name == condition
    return yes, no


def test_s67_api_gateway_hears_only_the_distribution_where_there_is_a_secret() -> None:
    origins = distribution()["Distribution"]["Properties"]["DistributionConfig"]["Origins"]
    (api,) = [each for each in origins if each["Id"] == "api"]
    sent, nothing = where("HasOriginSecret", api["OriginCustomHeaders"])
    assert sent == [{"HeaderName": SAID_BY_DISTRIBUTION, "HeaderValue": SECRET}]
    assert nothing == {"Ref": "AWS::NoValue"}
    policy, nothing = where(
        "HasOriginSecret", rest_api()["Properties"]["DefinitionBody"]["x-amazon-apigateway-policy"]
    )
    (allowed,) = policy["Statement"]
    (accepted,) = allowed["Condition"]["StringEquals"].items()
    assert accepted[0] == f"aws:{SAID_BY_DISTRIBUTION}"
    both, alone = where("HasOtherOriginSecret", accepted[1])
    assert both == [SECRET, {"Ref": "OtherOriginSecret"}]
    assert alone == SECRET, "an empty secret would let an empty header pass"
    assert nothing == {"Ref": "AWS::NoValue"}
    assert {"HasOriginSecret", "HasOtherOriginSecret"} <= CONDITIONS.keys()
    for name in ("OriginSecret", "OtherOriginSecret"):
        assert PARAMETERS[name]["NoEcho"]


def test_s67_runs_of_schedule_and_letters_are_set_aside_where_the_account_has_them() -> None:
    made = handlers()
    for name, runs in SET_ASIDE.items():
        found = made[name]["Properties"]["ReservedConcurrentExecutions"]
        assert where("SetsRunsAside", found) == (runs, {"Ref": "AWS::NoValue"})
    assert PARAMETERS["ReservesConcurrency"]["Default"] == "no"


def test_s67_the_table_has_a_ceiling_where_the_operator_says_one() -> None:
    nothing = {"Ref": "AWS::NoValue"}
    limits, none = where("HasCeiling", table()["Properties"]["OnDemandThroughput"])
    assert none == nothing
    assert where("HasWriteCeiling", limits["MaxWriteRequestUnits"]) == ({"Ref": "MostWriteUnits"}, nothing)
    assert where("HasReadCeiling", limits["MaxReadRequestUnits"]) == ({"Ref": "MostReadUnits"}, nothing)
    assert {"HasCeiling", "HasWriteCeiling", "HasReadCeiling"} <= CONDITIONS.keys()
