"""The examination of one installation: what is asked, and what judges each answer. It changes nothing."""

from collections.abc import Callable, Iterator, Mapping
from datetime import UTC, datetime
from functools import cached_property, partial
from typing import Any, NamedTuple

import boto3
from botocore.exceptions import BotoCoreError, ClientError

from infrastructure.deployment.migrations import done, pending
from infrastructure.deployment.stacks.data_stack import data_stack, installation_outputs, is_single
from infrastructure.deployment.stacks.stack import parameters_in_force
from infrastructure.deployment.stage_file import Stage
from infrastructure.doctor import account, addresses, mail
from infrastructure.doctor.line import Line, choice, later, unknown, well
from infrastructure.doctor.network import Network
from infrastructure.template.parameters import PARAMETERS

CERTIFICATES = "us-east-1"
"""Where CloudFront looks for them."""
NOT_THERE = ("NotFoundException", "ResourceNotFoundException", "ValidationError", "ValidationException")


class Patient:
    """One installation, asked as the caller of `session`; what several checks want is asked once."""

    def __init__(
        self,
        stage: Stage,
        session: boto3.Session,
        network: Network,
        now: Callable[[], datetime] = lambda: datetime.now(UTC),
    ) -> None:
        self.stage, self.session, self.network, self.now = stage, session, network, now

    def parameter(self, name: str) -> str:
        """What the stage file says, or nothing."""
        return self.stage.parameters.get(name, "")

    def client(self, service: str, region: str | None = None) -> Any:
        """A client of AWS, in the region of the stage where none is named."""
        return self.session.client(service, region_name=region or self.stage.region)  # type: ignore[call-overload]

    @cached_property
    def outputs(self) -> Mapping[str, str]:
        """What the stacks answer with; nothing where there are none."""
        return installation_outputs(self.client("cloudformation"), self.stage.stack)

    @property
    def is_deployed(self) -> bool:
        """Whether the stack ever stood."""
        return "Url" in self.outputs

    @property
    def owns_pool(self) -> bool:
        """Whether the stack brings the staff's provider."""
        return self.parameter("OwnPool") == "yes"

    @cached_property
    def identity(self) -> Mapping[str, Any] | None:
        """The sender in SES."""
        ses = self.client("sesv2")
        name = self.parameter("SenderIdentity")
        found: Mapping[str, Any] | None = _if_there(lambda: ses.get_email_identity(EmailIdentity=name))
        return found

    @cached_property
    def keys(self) -> list[Mapping[str, Any]]:
        """What the parameter store says of its keys, without their values."""
        pages = self.client("ssm").get_paginator("get_parameters_by_path")
        return [each for page in pages.paginate(Path=self.stage.keys) for each in page["Parameters"]]

    @cached_property
    def sending(self) -> Mapping[str, Any]:
        """The account in SES."""
        found: Mapping[str, Any] = self.client("sesv2").get_account()
        return found


class Check(NamedTuple):
    """What is looked at, and how."""

    name: str
    look: Callable[[Patient], Line]


def _clock(patient: Patient) -> Line:
    answer = patient.client("sts").get_caller_identity()
    return account.clock(patient.now(), answer["ResponseMetadata"]["HTTPHeaders"]["date"])


def _stack(patient: Patient) -> Line:
    cloud, name = patient.client("cloudformation"), patient.stage.stack
    found = _if_there(lambda: cloud.describe_stacks(StackName=name)["Stacks"][0])
    return account.stack(name, found["StackStatus"] if found else None)


def _data(patient: Patient) -> Line:
    cloud, name = patient.client("cloudformation"), data_stack(patient.stage.stack)
    if is_single(parameters_in_force(cloud, patient.stage.stack)):
        return account.single(patient.stage.stack)
    found = _if_there(lambda: cloud.describe_stacks(StackName=name)["Stacks"][0])
    stands = account.stack(name, found["StackStatus"] if found else None)
    return account.protected(
        stands, name, is_protected=bool(found and found.get("EnableTerminationProtection"))
    )


def _keys(patient: Patient) -> Line:
    held = [each["Name"] for each in patient.keys]
    return account.keys(patient.stage.keys, held, is_deployed=patient.is_deployed)


def _migrations(patient: Patient) -> Line:
    known = done(patient.client("ssm"), patient.stage.migrations)
    left = [each.name for each in pending(known)]
    return account.migrations(left, patient.stage.name, is_deployed=patient.is_deployed)


def _copies(patient: Patient) -> Line:
    bucket, key = patient.parameter("FileCopies"), patient.parameter("FileCopiesKey")
    versioning = None
    if bucket:
        name = bucket.rpartition(":")[2]
        versioning = patient.client("s3").get_bucket_versioning(Bucket=name).get("Status")
    return account.copies(bucket, versioning, key, patient.stage.region)


def _left_out(parameter: str, cost: str, patient: Patient) -> Line:
    return account.left_out(parameter, patient.parameter(parameter), cost)


def _escrow(patient: Patient) -> Line:
    noted = patient.client("ssm").get_parameters(Names=[patient.stage.escrow])["Parameters"]
    changed, copied = (
        max((each["LastModifiedDate"] for each in found), default=None) for found in (patient.keys, noted)
    )
    return account.escrow(changed, copied, patient.stage.name)


def _concurrency(patient: Patient) -> Line:
    found = patient.client("lambda").get_account_settings()
    return account.concurrency(found["AccountLimit"]["ConcurrentExecutions"])


def _alarms(patient: Patient) -> Line:
    address = patient.parameter("AlarmAddress")
    if not address or not patient.is_deployed:
        return account.alarm_address(address, None, ())
    cloud = patient.client("cloudformation")
    found = cloud.describe_stack_resource(StackName=patient.stage.stack, LogicalResourceId="AlarmTopic")
    topic = found["StackResourceDetail"]["PhysicalResourceId"]
    pages = patient.client("sns").get_paginator("list_subscriptions_by_topic").paginate(TopicArn=topic)
    return account.alarm_address(address, topic, [each for page in pages for each in page["Subscriptions"]])


def _gateway_logs(patient: Patient) -> Line:
    role = patient.client("apigateway").get_account().get("cloudwatchRoleArn", "")
    return account.gateway_logs(is_set_by_stack=patient.parameter("GatewayLogs") != "no", role=role)


def _identity(patient: Patient) -> Line:
    makes_it = patient.parameter("MakesIdentities") != "no" and not patient.is_deployed
    return mail.identity(patient.parameter("SenderIdentity"), patient.identity, makes_it=makes_it)


def _dkim(patient: Patient) -> Line:
    name = patient.parameter("SenderIdentity")
    tokens = patient.identity["DkimAttributes"].get("Tokens", []) if patient.identity else []
    records = {token: patient.network.records(f"{token}._domainkey.{name}", "CNAME") for token in tokens}
    return mail.dkim(name, patient.identity, {token: found[0] for token, found in records.items() if found})


def _mail_from(patient: Patient) -> Line:
    return mail.mail_from(patient.parameter("SenderIdentity"), patient.identity, patient.stage.region)


def _dmarc(patient: Patient) -> Line:
    name = patient.parameter("Sender").rpartition("@")[2]
    labels = name.split(".")
    places = [f"_dmarc.{'.'.join(labels[first:])}" for first in range(max(1, len(labels) - 1))]
    return mail.dmarc(name, {place: patient.network.records(place, "TXT") for place in places})


def _sandbox(patient: Patient) -> Line:
    return mail.sandbox(patient.sending, says_sandbox=patient.parameter("InSandbox") == "yes")


def _standing(patient: Patient) -> Line:
    usual = PARAMETERS["LettersPerSecond"]["Default"]
    return mail.standing(patient.sending, int(patient.parameter("LettersPerSecond") or usual))


def _receipt_rules(patient: Patient) -> Line:
    takes_mail = bool(patient.parameter("Inbox"))
    active = patient.client("ses").describe_active_receipt_rule_set() if takes_mail else {}
    return mail.receipt_rules(
        f"{patient.stage.stack}-mail",
        active.get("Metadata", {}).get("Name"),
        takes_mail=takes_mail,
        is_deployed=patient.is_deployed,
    )


def _inbox(patient: Patient) -> Line:
    name = patient.parameter("Inbox")
    asked = ((name, "MX"), (mail.RECEIVER.format(patient.stage.region), "A")) if name else ()
    return mail.inbox(name, patient.stage.region, *(patient.network.records(*each) for each in asked))


def _certificate(patient: Patient) -> Line:
    arn = patient.parameter("Certificate")
    acm = patient.client("acm", CERTIFICATES)
    found = _if_there(lambda: acm.describe_certificate(CertificateArn=arn)["Certificate"]) if arn else None
    return addresses.certificate(patient.parameter("Domain"), found, patient.now())


def _domain(patient: Patient) -> Line:
    name, target = patient.parameter("Domain"), patient.outputs.get("DomainTarget")
    ask = patient.network.records
    if not name or not target:
        return addresses.domain(name, target, (), (), ())
    return addresses.domain(name, target, ask(name, "CNAME"), ask(name, "A"), ask(target, "A"))


def _provider(patient: Patient) -> Line:
    if patient.owns_pool:
        where = "The staff sign in at the stack's own pool"
        if "StaffPool" not in patient.outputs:
            return later(f"{where}, once it stands.")
        if patient.parameter("StaffMfa") == "ON":
            return well(f"{where}, with a second factor.")
        return choice(f'{where}; unless `StaffMfa = "ON"`, a password is enough, for a thief, too.')
    issuer = patient.parameter("Issuer").rstrip("/")
    found = patient.network.document(f"{issuer}/.well-known/openid-configuration")
    return addresses.provider(patient.stage.parameters, found)


def _provider_keys(patient: Patient) -> Line:
    if patient.owns_pool:
        return well("A pool of Cognito signs with RS256.")
    return addresses.provider_keys(patient.network.document(patient.parameter("JwksUrl")))


CHECKS = (
    Check("clock", _clock),
    Check("stack", _stack),
    Check("data", _data),
    Check("keys", _keys),
    Check("migrations", _migrations),
    Check("copies of files", _copies),
    *(Check(name, partial(_left_out, *said)) for name, said in account.COSTS.items()),
    Check("copy of keys", _escrow),
    Check("functions at once", _concurrency),
    Check("alarms", _alarms),
    Check("logs of API Gateway", _gateway_logs),
    Check("sender", _identity),
    Check("DKIM", _dkim),
    Check("MAIL FROM", _mail_from),
    Check("DMARC", _dmarc),
    Check("sandbox", _sandbox),
    Check("sending", _standing),
    Check("receipt rules", _receipt_rules),
    Check("inbox", _inbox),
    Check("certificate", _certificate),
    Check("domain", _domain),
    Check("provider", _provider),
    Check("provider's keys", _provider_keys),
)


def examine(patient: Patient) -> Iterator[tuple[str, Line]]:
    """Each check's name and what it found. What AWS refuses to say is unknown, and nothing stops."""
    for check in CHECKS:
        try:
            yield check.name, check.look(patient)
        except ClientError as error:
            said = error.response.get("Error", {})
            yield check.name, unknown(f"AWS does not say: {said.get('Code')}, {said.get('Message')}")
        except BotoCoreError as error:
            yield check.name, unknown(f"AWS was not asked: {error}")


def _if_there(ask: Callable[[], Any]) -> Any:
    """The answer, or None for what is not there."""
    try:
        return ask()
    except ClientError as error:
        if error.response["Error"]["Code"] not in NOT_THERE:
            raise
        return None
