"""Staff sign in, find a case, and work on it."""

import json
from http.cookies import SimpleCookie
from urllib.parse import parse_qsl, quote, urlencode

import boto3

from infrastructure.rehearsal.installation import Installation, check, until
from infrastructure.rehearsal.steps.deployment import STAFF

FORM = {"Content-Type": "application/x-www-form-urlencoded", "Sec-Fetch-Site": "same-origin"}


def find_case(installation: Installation) -> None:
    """the stream lets the case be found by the address of who complained"""
    search = f"/v1/desk/search?q={quote(installation.complaint.email)}"
    staff = installation.staff(STAFF)

    def found() -> bool:
        items = installation.takes("GET", search, None, staff)["items"]
        return [item["reference"] for item in items] == [installation.complaint.reference]

    until(found, "the case is found by its mail address")


def read_export(installation: Installation) -> None:
    """the stream writes the case to the bucket of exports, without a word that anybody wrote"""
    bucket, case = boto3.client("s3"), f"{installation.complaint.reference}.jsonl"

    def written() -> bool:
        listed = bucket.list_objects_v2(Bucket=installation.outputs["Exports"]).get("Contents", [])
        return {each["Key"].partition("/")[0] for each in listed if each["Key"].endswith(case)} == {
            "cases",
            "facts",
        }

    until(written, "the case is in the bucket of exports")
    for each in bucket.list_objects_v2(Bucket=installation.outputs["Exports"])["Contents"]:
        lines = bucket.get_object(Bucket=installation.outputs["Exports"], Key=each["Key"])["Body"].read()
        check(bool(json.loads(lines.splitlines()[0])["reference"]), f"{each['Key']} holds no case")
        check(installation.complaint.email.encode() not in lines, f"{each['Key']} names who complained")


def sign_in(installation: Installation) -> None:
    """a member of staff signs in by way of the provider, and sees the case as a page"""
    asked = installation.call("GET", "/desk/sign-in")
    check(asked.status == 303, f"signing in was answered with {asked.status}")
    address, _, wish = asked.headers["Location"].partition("?")
    choice = [*parse_qsl(wish), ("name", STAFF), ("role", "reviewer")]
    chosen = installation.ask("POST", address, urlencode(choice).encode(), FORM)
    check(chosen.status == 303, f"the provider answered with {chosen.status}")
    arrived = installation.call("GET", chosen.headers["Location"], None, cookies(asked.headers["Set-Cookie"]))
    check(arrived.status == 303, f"who came back from the provider was answered with {arrived.status}")
    case = f"/desk/cases/{installation.complaint.reference}"
    page = installation.call("GET", case, None, cookies(arrived.headers["Set-Cookie"]))
    check(page.status == 200, f"the page of the case was answered with {page.status}")
    check(b"zebra-striped" in page.body, "the page does not show what was complained about")


def assign_case(installation: Installation) -> None:
    """a command is carried out, and the record verifies"""
    case, staff = f"/v1/desk/complaints/{installation.complaint.reference}", installation.staff(STAFF)
    version = installation.takes("GET", case, None, staff)["version"]
    headers = staff | {"If-Match": json.dumps(str(version))}
    installation.takes("POST", f"{case}/commands/assign", {"to": STAFF}, headers)
    check(installation.takes("GET", case, None, staff)["assignee"] == STAFF, "the case is not theirs")
    check(installation.takes("GET", f"{case}/audit", None, staff)["verifies"], "the record does not verify")


def cookies(lines: str) -> dict[str, str]:
    """The header that brings back what was set."""
    pairs = (f"{name}={morsel.value}" for name, morsel in SimpleCookie(lines.replace(", ", "; ")).items())
    return {"Cookie": "; ".join(pairs)}
