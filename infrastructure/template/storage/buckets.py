"""What each bucket of ours has: closed to the public, and to requests without TLS."""

from typing import Any

from infrastructure.template.intrinsics import Json, att, ref, resource, sub


def closed_bucket(**properties: Any) -> Json:
    """A bucket in which nothing can be made public."""
    closed = ("BlockPublicAcls", "BlockPublicPolicy", "IgnorePublicAcls", "RestrictPublicBuckets")
    return resource(
        "S3::Bucket",
        PublicAccessBlockConfiguration=dict.fromkeys(closed, True),
        OwnershipControls={"Rules": [{"ObjectOwnership": "BucketOwnerEnforced"}]},
        **properties,
    )


def bucket_policy(bucket: str, *allowed: Json) -> Json:
    """What the policy of a bucket allows beyond what roles may, and nothing without TLS."""
    refused = {
        "Effect": "Deny",
        "Principal": "*",
        "Action": "s3:*",
        "Resource": [att(bucket), sub(f"${{{bucket}.Arn}}/*")],
        "Condition": {"Bool": {"aws:SecureTransport": "false"}},
    }
    return resource(
        "S3::BucketPolicy",
        Bucket=ref(bucket),
        PolicyDocument={"Version": "2012-10-17", "Statement": [refused, *allowed]},
    )
