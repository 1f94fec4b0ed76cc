"""The untreated stack: the same job as a first draft would do it, every library at the top and no care
taken.

It stands beside the product so that a ratio can be given which does not depend on the machine. It
writes one item where the product writes one transaction, checks nothing, and has its clients for mail
and files ready, as such handlers have. boto3, the idempotency layer and pynamodb each open a session of
their own.
"""

import json
import uuid

import boto3
import jinja2
from aws_lambda_powertools import Logger, Metrics
from aws_lambda_powertools.utilities.idempotency import DynamoDBPersistenceLayer
from chalice.app import Chalice, Response
from pynamodb.attributes import UnicodeAttribute
from pynamodb.models import Model

TABLE = "untreated"

logger = Logger(service="untreated")
metrics = Metrics(namespace="untreated", service="untreated")
once = DynamoDBPersistenceLayer(table_name=TABLE)
mails = jinja2.Environment(autoescape=True)
dynamodb = boto3.resource("dynamodb")
ses = boto3.client("sesv2")
s3 = boto3.client("s3")
app = Chalice(app_name="untreated", configure_logs=False)


class Complaint(Model):
    """A complaint as it came."""

    class Meta:
        """Where it lies."""

        table_name = TABLE
        billing_mode = "PAY_PER_REQUEST"

    reference = UnicodeAttribute(hash_key=True)
    body = UnicodeAttribute()


@app.route("/v1/complaints", methods=["POST"])
def submit() -> Response:
    """Takes the body as it comes, writes it as one item, and answers with its reference."""
    body = app.current_request.json_body  # type: ignore[union-attr]
    reference = str(uuid.uuid4())
    Complaint(reference, body=json.dumps(body)).save()
    logger.info("taken", extra={"reference": reference})
    thanks = mails.from_string("We have your complaint {{ reference }}.").render(reference=reference)
    return Response(status_code=201, body={"reference": reference, "message": thanks})
