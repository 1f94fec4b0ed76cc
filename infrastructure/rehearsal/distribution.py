"""What a distribution, as it is deployed, sends to API Gateway: the simulator's own does not call what has a
name of Amazon's."""

from collections.abc import Mapping
from fnmatch import fnmatchcase
from typing import Any, NamedTuple
from urllib.parse import parse_qsl, urlencode

GATEWAY = "execute-api"


class Forwarded(NamedTuple):
    """A request as its origin gets it; `api` is the id of an API, or nothing for a bucket."""

    api: str
    path: str
    headers: Mapping[str, str]


class Distribution:
    """The distribution with an id; `client` is boto3's for CloudFront."""

    def __init__(self, client: Any, id: str) -> None:
        self._client = client
        self._config = client.get_distribution_config(Id=id)["DistributionConfig"]

    def forwarded(self, method: str, address: str, headers: Mapping[str, str]) -> Forwarded | None:
        """What becomes of a request by the behaviour whose pattern fits its path; `None` where that takes no
        such method. What no policy lets through is left out."""
        path, _, query = address.partition("?")
        known = self._config.get("CacheBehaviors", {}).get("Items", [])
        fitting = (each for each in known if fnmatchcase(path, each["PathPattern"]))
        behaviour = next(fitting, None) or self._config["DefaultCacheBehavior"]
        if method not in behaviour["AllowedMethods"]["Items"]:
            return None
        (origin,) = (
            each for each in self._config["Origins"]["Items"] if each["Id"] == behaviour["TargetOriginId"]
        )
        if not behaviour.get("OriginRequestPolicyId"):
            query, headers = self._of_key(behaviour["CachePolicyId"], query, headers)
        added = origin.get("CustomHeaders", {}).get("Items", [])
        api, _, rest = origin["DomainName"].partition(".")
        return Forwarded(
            api if rest.startswith(f"{GATEWAY}.") else "",
            origin.get("OriginPath", "") + path + (f"?{query}" if query else ""),
            {**headers, **{each["HeaderName"]: each["HeaderValue"] for each in added}},
        )

    def _of_key(self, policy: str, query: str, headers: Mapping[str, str]) -> tuple[str, Mapping[str, str]]:
        """Of a query and of headers what the cache key of a policy names."""
        made = self._client.get_cache_policy(Id=policy)["CachePolicy"]["CachePolicyConfig"]
        key = made["ParametersInCacheKeyAndForwardedToOrigin"]
        queries = key["QueryStringsConfig"].get("QueryStrings", {}).get("Items", [])
        names = {name.lower() for name in key["HeadersConfig"].get("Headers", {}).get("Items", [])}
        return (
            urlencode([(name, value) for name, value in parse_qsl(query) if name in queries]),
            {name: value for name, value in headers.items() if name.lower() in names},
        )
