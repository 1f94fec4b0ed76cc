"""An update, an older release on a newer one's data, an update that fails, and the rollback."""

import json

import boto3

from complaints.adapters.dynamodb.key_schema import head_key
from complaints.adapters.dynamodb.models import Head
from infrastructure.deployment.stacks.upload import bucket_of
from infrastructure.errors import CannotDeploy
from infrastructure.rehearsal.installation import Installation, check, until
from infrastructure.rehearsal.steps.complaint import complain
from infrastructure.rehearsal.steps.data import data_stands
from infrastructure.rehearsal.steps.deployment import STAFF


def work_with_earlier_release(installation: Installation) -> None:
    """old functions on new data: the earlier release shows and works a case, and takes another"""
    staff = installation.staff(STAFF)
    case = f"/v1/desk/complaints/{installation.complaint.reference}"
    before = installation.takes("GET", case, None, staff)
    installation.deploy(installation.packages.earlier)
    _check_served(installation)
    version = {"If-Match": f'"{installation.takes("GET", case, None, staff)["version"]}"'}
    installation.takes("POST", f"{case}/commands/note", {"text": "Looked at."}, staff | version)
    taken = complain(installation, "earlier@example.com")
    until(lambda: installation.letters(taken.email), "the earlier release sends its letter")
    installation.deploy(installation.packages.first)
    for reference in (installation.complaint.reference, taken.reference):
        audit = installation.takes("GET", f"/v1/desk/complaints/{reference}/audit", None, staff)
        check(audit["verifies"], "a record does not verify")
    after = installation.takes("GET", case, None, staff)
    check(after["facts"][: len(before["facts"])] == before["facts"], "something is lost")


def update_release(installation: Installation) -> None:
    """the next release comes by change set: functions are replaced, the stack of the data is not touched"""
    before, data = _code(installation), data_stands(installation)
    installation.deploy(installation.packages.next)
    check(_code(installation) != before, "the functions are those of before")
    check(data_stands(installation) == data, "the stack of the data was touched")
    _check_served(installation)


def read_newer_data(installation: Installation) -> None:
    """functions leave out what only a later release knows, and answer 503 for a case that they cannot read"""
    address = f"/v1/complaints/{installation.complaint.reference}"
    before = installation.takes("GET", address, None, installation.complaint.headers)
    head = Head.get(*head_key(installation.complaint.reference))
    known = json.loads(head.state)
    _write(head, known | {"mediated_at": "2031-01-01T00:00:00Z"})
    check(
        installation.takes("GET", address, None, installation.complaint.headers) == before,
        "the case reads otherwise",
    )
    _write(head, known | {"stage": "mediating"})
    got = installation.call("GET", address, None, installation.complaint.headers)
    _write(head, known)
    check(got.status == 503 and "Retry-After" in got.headers, f"it was answered with {got.status}")


def roll_back_update(installation: Installation) -> None:
    """an update that cannot be made is rolled back, and the installation serves on"""
    before = _code(installation)
    try:
        installation.deploy(installation.packages.unreadable)
    except CannotDeploy:
        pass
    else:
        check(False, "a zip that is none was deployed")
    cloud = boto3.client("cloudformation")
    status = cloud.describe_stacks(StackName=installation.stage.stack)["Stacks"][0]["StackStatus"]
    check(status == "UPDATE_ROLLBACK_COMPLETE", f"the stack is in {status}")
    check(_code(installation) == before, "the functions are not those of before")
    _check_served(installation)


def return_to_first_release(installation: Installation) -> None:
    """the first release is deployed again: nothing is uploaded twice"""
    uploaded = _uploaded(installation)
    installation.deploy(installation.packages.first)
    check(_uploaded(installation) == uploaded, "something was uploaded again")
    _check_served(installation)


def _check_served(installation: Installation) -> None:
    served = installation.takes(
        "GET", f"/v1/complaints/{installation.complaint.reference}", None, installation.complaint.headers
    )
    check(served["reference"] == installation.complaint.reference, "another case is served")


def _code(installation: Installation) -> set[str]:
    """The hashes of the code of all functions."""
    return {each["CodeSha256"] for each in boto3.client("lambda").list_functions()["Functions"]}


def _uploaded(installation: Installation) -> dict[str, str]:
    """When each object of the bucket of packages was put there."""
    account = boto3.client("sts").get_caller_identity()["Account"]
    bucket = bucket_of(account, installation.stage.region)
    listed = boto3.client("s3").list_objects_v2(Bucket=bucket)["Contents"]
    return {each["Key"]: str(each["LastModified"]) for each in listed}


def _write(head: Head, state: object) -> None:
    head.update(actions=[Head.state.set(json.dumps(state))])
