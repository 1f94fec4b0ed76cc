"""Signatures that each receiver after the Standard Webhooks specification verifies, and where they may go."""

from base64 import b64decode
from datetime import UTC, datetime, timedelta

import pytest
from msgspec.structs import replace
from standardwebhooks import Webhook, WebhookVerificationError

from complaints.delivery.webhook_address import fault_of, is_public
from complaints.delivery.webhook_signing import OVERLAP, as_shown, secret_of, signature, signed_headers
from complaints.values.key_ring import KeyRing
from tests.builders import DEMO, MONDAY

MASTER = b"m" * 32
BODY = b'{"type":"complaint.received"}'


def test_a_message_is_signed_as_the_libraries_of_the_specification_test_it() -> None:
    """The vector of the reference libraries, whose JSON has a space in it: the very bytes are signed."""
    secret = b64decode("MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw")
    signed = signature(secret, "msg_p5jXN8AQM9LWM0D4loKWxJek", 1614265330, b'{"test": 2432232314}')
    assert signed == "v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE="


@pytest.mark.parametrize("version", [1, 2])
def test_the_library_of_the_specification_verifies_by_either_secret_of_a_rotation(version: int) -> None:
    """It asks the real clock whether a message is of now."""
    now = datetime.now(UTC)  # noqa: TID251 - the library asks the real clock
    site = replace(DEMO, webhook_secret=2, webhook_rotated=now)
    receiver = Webhook(as_shown(secret_of(MASTER, DEMO.key, version)))
    headers = signed_headers(KeyRing.of(MASTER), site, "C-7K3M9-QX2HT-7_000001_2", BODY, now)
    assert receiver.verify(BODY, headers) == {"type": "complaint.received"}
    with pytest.raises(WebhookVerificationError):
        receiver.verify(BODY + b" ", headers)


def test_sites_and_versions_have_secrets_of_their_own() -> None:
    secrets = {as_shown(secret_of(MASTER, site, version)) for site in ("a", "a1") for version in (1, 11)}
    assert len(secrets) == 4


def test_both_secrets_sign_for_a_day_after_a_rotation_and_then_the_new_one_alone() -> None:
    def signatures(after: timedelta) -> list[str]:
        site = replace(DEMO, webhook_secret=2, webhook_rotated=MONDAY)
        headers = signed_headers(KeyRing.of(MASTER), site, "c_1", BODY, MONDAY + after)
        return headers["webhook-signature"].split(" ")

    def by(version: int, after: timedelta) -> str:
        at = int((MONDAY + after).timestamp())
        return signature(secret_of(MASTER, DEMO.key, version), "c_1", at, BODY)

    last = OVERLAP - timedelta(seconds=1)
    assert signatures(last) == [by(2, last), by(1, last)]
    assert signatures(OVERLAP) == [by(2, OVERLAP)]


@pytest.mark.parametrize(
    "address",
    [
        "https://shop.example",
        "https://hooks.shop.example:8443/in?site=demo",
        "https://SHOP.example:443/",
    ],
)
def test_a_webhook_may_go_to_a_name_by_https(address: str) -> None:
    assert fault_of(address, loopback=False) is None


@pytest.mark.parametrize(
    "address",
    [
        "",
        "http://shop.example/",
        "ftp://shop.example/",
        "//shop.example/",
        "https://shop.example:22/",
        "https://shop.example:65536/",
        "https://shop.example:0/",
        "https://shop.example/#top",
        "https://shop.example/#",
        "https://ada:secret@shop.example/",
        "https://@shop.example/",
        "https://shop.example\\@10.0.0.1/",
        "https://10.0.0.1/",
        "https://2130706433/",
        "https://0x7f.1/",
        "https://[::1]/",
        "https://localhost/",
        "https://shop.example./",
        "https://shöp.example/",
        "https://shop.example/a b",
        "https://shop.example/\n",
        "http://127.0.0.1:9000/",
    ],
)
def test_a_webhook_goes_nowhere_else(address: str) -> None:
    assert fault_of(address, loopback=False) == "not-a-webhook"


def test_a_local_run_may_tell_its_own_machine_and_no_other_by_http() -> None:
    assert fault_of("http://127.0.0.1:9000/hook", loopback=True) is None
    assert fault_of("http://127.0.0.1@10.0.0.1/", loopback=True) == "not-a-webhook"
    assert fault_of("http://192.168.0.1/", loopback=True) == "not-a-webhook"


@pytest.mark.parametrize(
    "address", ["93.184.215.14", "2606:2800:21f:cb07:6820:80da:af6b:8b2c", "::ffff:8.8.8.8"]
)
def test_addresses_of_the_internet_are_public(address: str) -> None:
    assert is_public(address)


@pytest.mark.parametrize(
    "address",
    [
        "127.0.0.1", "10.1.2.3", "172.16.0.1", "192.168.1.1", "169.254.169.254", "100.64.0.1", "0.0.0.1",
        "224.0.0.1", "255.255.255.255", "198.18.0.1", "192.0.2.1", "240.0.0.1",
        "::1", "::", "fe80::1%eth0", "fd00:ec2::254", "fec0::1", "ff02::1", "2001:db8::1",
        "::ffff:127.0.0.1", "::ffff:169.254.169.254", "::127.0.0.1", "64:ff9b::a9fe:a9fe",
        "2002:a9fe:a9fe::1", "2001:0:1::1",
    ],
)  # fmt: skip
def test_no_other_address_is(address: str) -> None:
    assert not is_public(address)


def test_an_earlier_generation_of_the_master_signs_as_well_while_it_is_valid() -> None:
    body, after = b"{}", KeyRing.of(MASTER).rotated(b"n" * 32, most=2)
    for keys, accepted in ((after, (MASTER, b"n" * 32)), (after.without(0), (b"n" * 32,))):
        headers = signed_headers(keys, DEMO, "c_1", body, MONDAY)
        at = int(headers["webhook-timestamp"])
        expected = {
            signature(secret_of(master, DEMO.key, DEMO.webhook_secret), "c_1", at, body)
            for master in accepted
        }
        assert set(headers["webhook-signature"].split()) == expected
