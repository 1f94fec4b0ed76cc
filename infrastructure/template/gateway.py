"""The API Gateway before the functions: its limits, its log, and its answers when no function is reached."""

import json

from functions.http.responses import EVERY_ANSWER, NO_STORE
from infrastructure.template.functions import LOG_DAYS
from infrastructure.template.intrinsics import KEEP, NOTHING, Json, att, choose, ref, resource, sub

NAME = sub("${AWS::StackName}")
"""What the API is called: metrics tell installations of one account apart by it."""

RATE, BURST = 50, 100
"""Requests a second, and at once, for the whole installation."""
INTAKE_RATE, INTAKE_BURST = 10, 40
"""The same for taking complaints, which write and send mail."""

HEADERS = {
    "Content-Type": "application/problem+json",
    "Content-Security-Policy": "default-src; frame-ancestors",
    **NO_STORE,
    **EVERY_ANSWER,
}
"""As the functions answer. A value stands in single quotes here, so that the policy says `'none'` by an empty
list of sources (CSP 3)."""

ACCESS_LOG = {
    "at": "$context.requestTimeEpoch",
    "request": "$context.requestId",
    "route": "$context.resourcePath",
    "verb": "$context.httpMethod",
    "status": "$context.status",
    "ms": "$context.responseLatency",
    "failed": "$context.error.responseType",
}
"""No address, no path, no query: the route is the pattern, so no reference and no token stands in the log."""

REFUSALS = {
    "BAD_REQUEST_BODY": (400, "unreadable", "The request cannot be read"),
    "BAD_REQUEST_PARAMETERS": (400, "unreadable", "The request cannot be read"),
    "ACCESS_DENIED": (403, "forbidden", "This is not allowed"),
    "RESOURCE_NOT_FOUND": (404, "not-found", "There is nothing here"),
    "MISSING_AUTHENTICATION_TOKEN": (404, "not-found", "There is nothing here"),
    "REQUEST_TOO_LARGE": (413, "too-large", "The request is too large"),
    "UNSUPPORTED_MEDIA_TYPE": (415, "wrong-type", "This content type is not supported"),
    "THROTTLED": (429, "too-many", "Too many requests at once"),
    "QUOTA_EXCEEDED": (429, "too-many", "Too many requests at once"),
    "INTEGRATION_FAILURE": (503, "unavailable", "The service is not available at the moment"),
    "INTEGRATION_TIMEOUT": (503, "unavailable", "The service is not available at the moment"),
    "DEFAULT_4XX": (400, "unreadable", "The request cannot be read"),
    "DEFAULT_5XX": (503, "unavailable", "The service is not available at the moment"),
}
"""The gateway's own name of a failure: status, problem type and title. (A missing route it calls a missing
token.) English only: the gateway knows no language."""


def refusal(status: int, kind: str, title: str) -> Json:
    """A gateway response in the shape of all our problems (RFC 9457); a passing one says when to return."""
    headers = HEADERS | ({"Retry-After": "5"} if status in (429, 503) else {})
    problem = {"type": f"/problems/{kind}", "title": title, "status": status, "detail": title, "errors": []}
    return {
        "statusCode": str(status),
        "responseParameters": {
            f"gatewayresponse.header.{name}": f"'{value}'" for name, value in headers.items()
        },
        "responseTemplates": {"application/json": json.dumps(problem)},
    }


def rest_api() -> Json:
    """What is merged over Chalice's own API."""
    return {
        "Properties": {
            "OpenApiVersion": "2.0",
            "Name": NAME,
            "DefinitionBody": {
                "info": {"title": NAME},
                "x-amazon-apigateway-policy": choose("HasOriginSecret", _by_distribution(), NOTHING),
                "x-amazon-apigateway-gateway-responses": {
                    name: refusal(*value) for name, value in REFUSALS.items()
                },
            },
            "AccessLogSetting": {
                "DestinationArn": att("GatewayLogGroup"),
                "Format": json.dumps(ACCESS_LOG),
            },
            "MethodSettings": [
                _limits("/*", "*", RATE, BURST),
                _limits("/~1v1~1complaints", "POST", INTAKE_RATE, INTAKE_BURST),
                _limits("/~1complain", "POST", INTAKE_RATE, INTAKE_BURST),
            ],
            # X-Ray would keep the address of each visitor and the path, and with it references.
            "TracingEnabled": False,
        },
    }


def _by_distribution() -> Json:
    """Only who knows the secret of the distribution may call: all others are refused before any function.

    Without another secret it is not named: an empty one would let an empty header pass.
    """
    secret = ref("OriginSecret")
    accepted = choose("HasOtherOriginSecret", [secret, ref("OtherOriginSecret")], secret)
    return {
        "Version": "2012-10-17",
        "Statement": [
            {
                "Effect": "Allow",
                "Principal": "*",
                "Action": "execute-api:Invoke",
                "Resource": "execute-api:/*",
                "Condition": {"StringEquals": {"aws:Referer": accepted}},
            }
        ],
    }


def _limits(path: str, verb: str, rate: int, burst: int) -> Json:
    """Execution logs stay off: they would hold paths, and with them tokens; so would the data trace."""
    return {
        "ResourcePath": path,
        "HttpMethod": verb,
        "ThrottlingRateLimit": rate,
        "ThrottlingBurstLimit": burst,
        "LoggingLevel": "OFF",
        "DataTraceEnabled": False,
        "MetricsEnabled": False,
    }


def gateway_logs() -> Json:
    """The access log, and the role by which API Gateway may write logs: one for a whole account and region.

    The role's policy is AWS's own, because API Gateway tries it against resources that it alone knows. The
    tag makes the log group, and with it the API, wait for the account's setting where this stack makes it.
    """
    pushes = sub("arn:${AWS::Partition}:iam::aws:policy/service-role/AmazonAPIGatewayPushToCloudWatchLogs")
    trust = {
        "Effect": "Allow",
        "Principal": {"Service": "apigateway.amazonaws.com"},
        "Action": "sts:AssumeRole",
    }
    role = resource(
        "IAM::Role",
        AssumeRolePolicyDocument={"Version": "2012-10-17", "Statement": [trust]},
        ManagedPolicyArns=[pushes],
    )
    account = resource("ApiGateway::Account", CloudWatchRoleArn=att("GatewayLogRole"))
    set_by = choose("SetsGatewayLogs", ref("GatewayLogAccount"), "another stack")
    return {
        "GatewayLogGroup": resource(
            "Logs::LogGroup", RetentionInDays=LOG_DAYS, Tags=[{"Key": "account-setting", "Value": set_by}]
        ),
        "GatewayLogRole": {"Condition": "SetsGatewayLogs"} | KEEP | role,
        "GatewayLogAccount": {"Condition": "SetsGatewayLogs"} | KEEP | account,
    }
