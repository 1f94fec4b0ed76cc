"""The distribution in front of everything: static files from their bucket, all else from API Gateway.

    browser ─▶ distribution ─┬─ /widget.js, /widget/*, /static/* ─▶ bucket "Statics"   kept at the edge
                             ├─ /v1/form ────────────────────────▶ API Gateway        kept for minutes
                             └─ everything else ─────────────────▶ API Gateway        not cached

The widget asks for a site's form at each view of a page that embeds it: the edge answers that, too. No access
log is written: the request that opens a link of a complainant has its token in the query.
"""

from infrastructure.statics.headers import GUARDS, PATHS, READ_ANYWHERE
from infrastructure.template.intrinsics import KEEP, NOTHING, Json, att, choose, ref, resource, sub
from infrastructure.template.storage.buckets import bucket_policy, closed_bucket

KEPT_BY_CACHE_CONTROL = "658327ea-f89d-4fab-a63d-7e88639e58f6"
NEVER_KEPT = "4135ea2d-6df8-44a3-9df3-4b5a84be39ad"
ALL_BUT_HOST = "b689b0a8-53d0-40ab-baf2-68738e2966ac"
"""Policies that AWS manages, the same in each account: CachingOptimized, CachingDisabled and
AllViewerExceptHostHeader. API Gateway knows itself by `Host`; nothing of ours reads it."""

SAID_BY_DISTRIBUTION = "Referer"
"""A header that a policy of API Gateway can compare (`aws:Referer`): who lacks its value wakes no function.
What a browser says in it is overwritten, and nothing of ours reads it."""

FORM = "/v1/form"
FORM_KEPT = 300
"""Seconds; a guard test compares them with what the form says of itself."""

READS = ["GET", "HEAD"]
ALL_METHODS = ["GET", "HEAD", "OPTIONS", "PUT", "PATCH", "POST", "DELETE"]
REFUSALS = (400, 403, 404, 405, 414, 500, 501, 502, 503, 504)
"""The statuses that CloudFront may keep without being asked to: each of ours holds for one person only."""


def distribution() -> Json:
    """All of it, by logical name. The bucket stays: a stack that holds a full one could not be deleted."""
    return {
        "Statics": KEEP | closed_bucket(),
        "StaticsPolicy": bucket_policy("Statics", *_may_read()),
        "StaticsAccess": _access(),
        "StaticsHeaders": _headers(),
        "FormKept": _form_kept(),
        "Distribution": _distribution(),
    }


def _may_read() -> list[Json]:
    """Only this distribution may. Without the right to list, S3 calls a missing file a forbidden one."""
    ours = "arn:${AWS::Partition}:cloudfront::${AWS::AccountId}:distribution/${Distribution}"
    about = {
        "Effect": "Allow",
        "Principal": {"Service": "cloudfront.amazonaws.com"},
        "Condition": {"StringEquals": {"AWS:SourceArn": sub(ours)}},
    }
    return [
        about | {"Action": "s3:GetObject", "Resource": sub("${Statics.Arn}/*")},
        about | {"Action": "s3:ListBucket", "Resource": att("Statics")},
    ]


def _access() -> Json:
    config = {
        "Name": sub("${AWS::StackName}-statics"),
        "OriginAccessControlOriginType": "s3",
        "SigningBehavior": "always",
        "SigningProtocol": "sigv4",
    }
    return resource("CloudFront::OriginAccessControl", OriginAccessControlConfig=config)


def _headers() -> Json:
    """What is said of each static file, as a local run says it."""
    origin, policy = READ_ANYWHERE["Access-Control-Allow-Origin"], "Cross-Origin-Resource-Policy"
    age, *more = GUARDS["Strict-Transport-Security"].removeprefix("max-age=").split("; ")
    config = {
        "Name": sub("${AWS::StackName}-statics"),
        "CorsConfig": {
            "AccessControlAllowOrigins": {"Items": [origin]},
            "AccessControlAllowMethods": {"Items": READS},
            "AccessControlAllowHeaders": {"Items": ["*"]},
            "AccessControlAllowCredentials": False,
            "OriginOverride": True,
        },
        "CustomHeadersConfig": {
            "Items": [{"Header": policy, "Value": READ_ANYWHERE[policy], "Override": True}]
        },
        "SecurityHeadersConfig": {
            "ContentTypeOptions": {"Override": True},
            "StrictTransportSecurity": {
                "AccessControlMaxAgeSec": int(age),
                "IncludeSubdomains": "includeSubDomains" in more,
                "Override": True,
            },
        },
    }
    return resource("CloudFront::ResponseHeadersPolicy", ResponseHeadersPolicyConfig=config)


def _form_kept() -> Json:
    """By all that the form depends on, which is all of a request that then reaches the API."""
    key = {
        "QueryStringsConfig": {"QueryStringBehavior": "whitelist", "QueryStrings": ["site", "lang"]},
        "HeadersConfig": {"HeaderBehavior": "whitelist", "Headers": ["Origin", "Accept-Language"]},
        "CookiesConfig": {"CookieBehavior": "none"},
        "EnableAcceptEncodingGzip": True,
        "EnableAcceptEncodingBrotli": False,
    }
    config = {
        "Name": sub("${AWS::StackName}-form"),
        "MinTTL": 0,
        "DefaultTTL": 0,
        "MaxTTL": FORM_KEPT,
        "ParametersInCacheKeyAndForwardedToOrigin": key,
    }
    return resource("CloudFront::CachePolicy", CachePolicyConfig=config)


def _distribution() -> Json:
    certificate = {
        "AcmCertificateArn": ref("Certificate"),
        "SslSupportMethod": "sni-only",
        "MinimumProtocolVersion": "TLSv1.2_2021",
    }
    config = {
        "Enabled": True,
        "Comment": ref("AWS::StackName"),
        "HttpVersion": "http2and3",
        "IPV6Enabled": True,
        "Aliases": choose("HasDomain", [ref("Domain")], NOTHING),
        "ViewerCertificate": choose("HasCertificate", certificate, NOTHING),
        "Origins": [_bucket_origin(), _gateway_origin()],
        "DefaultCacheBehavior": _from_api(NEVER_KEPT) | {"OriginRequestPolicyId": ALL_BUT_HOST},
        "CacheBehaviors": [
            *({"PathPattern": f"/{path}"} | _kept_at_the_edge() for path in PATHS),
            {"PathPattern": FORM} | _from_api(ref("FormKept")),
        ],
        "CustomErrorResponses": [{"ErrorCode": code, "ErrorCachingMinTTL": 0} for code in REFUSALS],
    }
    return resource("CloudFront::Distribution", DistributionConfig=config)


def _bucket_origin() -> Json:
    return {
        "Id": "statics",
        "DomainName": att("Statics", "RegionalDomainName"),
        "OriginAccessControlId": att("StaticsAccess", "Id"),
        "S3OriginConfig": {"OriginAccessIdentity": ""},
    }


def _gateway_origin() -> Json:
    return {
        "Id": "api",
        "DomainName": sub("${RestAPI}.execute-api.${AWS::Region}.${AWS::URLSuffix}"),
        "OriginPath": "/api",
        "OriginCustomHeaders": choose(
            "HasOriginSecret",
            [{"HeaderName": SAID_BY_DISTRIBUTION, "HeaderValue": ref("OriginSecret")}],
            NOTHING,
        ),
        "CustomOriginConfig": {"OriginProtocolPolicy": "https-only", "OriginSSLProtocols": ["TLSv1.2"]},
    }


def _from_api(policy: Json | str) -> Json:
    """The responses of API Gateway, compressed by the distribution."""
    return {
        "TargetOriginId": "api",
        "ViewerProtocolPolicy": "redirect-to-https",
        "AllowedMethods": ALL_METHODS,
        "CachePolicyId": policy,
        "Compress": False,
    }


def _kept_at_the_edge() -> Json:
    """As long as a file's own `Cache-Control` says; nothing of a request reaches the bucket but its path."""
    return {
        "TargetOriginId": "statics",
        "ViewerProtocolPolicy": "redirect-to-https",
        "AllowedMethods": READS,
        "CachePolicyId": KEPT_BY_CACHE_CONTROL,
        "ResponseHeadersPolicyId": ref("StaticsHeaders"),
        "Compress": True,
    }
