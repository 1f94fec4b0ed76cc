"""The post that keeps mails as files."""

from datetime import UTC, datetime
from email.message import EmailMessage
from pathlib import Path

from infrastructure.local.aws.ses import LocalSes

NOON = datetime(2026, 3, 4, 12, tzinfo=UTC)


def post(folder: Path) -> LocalSes:
    return LocalSes(folder, lambda: NOON)


def mail(subject: str = "Şikâyetiniz alındı") -> bytes:
    message = EmailMessage()
    message["Subject"] = subject
    message["Auto-Submitted"] = "auto-generated"
    message.set_content("Merhaba ışık")
    message.add_alternative("<p>Merhaba ışık</p>", subtype="html")
    return message.as_bytes()


def send(post: LocalSes, message: bytes) -> str:
    return post.send(message, sender="desk@example.org", to="ada@example.org", tags={"attempt": "a1"})


def test_a_mail_is_listed_with_all_that_a_reader_looks_for(tmp_path: Path) -> None:
    id = send(post(tmp_path), mail())
    [sent] = post(tmp_path).sent()
    assert (sent["id"], sent["to"], sent["from"]) == (id, "ada@example.org", "desk@example.org")
    assert sent["subject"] == "Şikâyetiniz alındı"
    assert sent["headers"]["Auto-Submitted"] == "auto-generated"
    assert (sent["text"].strip(), sent["html"].strip()) == ("Merhaba ışık", "<p>Merhaba ışık</p>")
    assert (sent["tags"], sent["sent_at"]) == ({"attempt": "a1"}, "2026-03-04T12:00:00Z")


def test_mails_to_some_are_found_over_restarts(tmp_path: Path) -> None:
    one = post(tmp_path)
    ids = [one.send(mail(), sender="desk@example.org", to=to, tags={}) for to in ("ada@a.org", "bo@a.org")]
    for each in (one, post(tmp_path)):
        assert [sent["id"] for sent in each.sent("ada@")] == ids[:1]
        assert [sent["id"] for sent in each.sent("a.org")] == ids


def test_the_very_bytes_are_kept(tmp_path: Path) -> None:
    message = mail()
    id = send(post(tmp_path), message)
    assert (tmp_path / f"{id}.eml").read_bytes() == message


def test_the_newest_stands_last_over_restarts(tmp_path: Path) -> None:
    for number in range(12):
        send(post(tmp_path), mail(f"No. {number}"))
    assert [sent["subject"] for sent in post(tmp_path).sent()] == [f"No. {number}" for number in range(12)]


def test_a_mail_whose_sending_was_cut_off_is_not_listed(tmp_path: Path) -> None:
    (tmp_path / "000001-abc.eml").write_bytes(mail())
    (tmp_path / ".000001-abc.json.77").write_bytes(b'{"id":')
    assert post(tmp_path).sent() == []


def test_bytes_that_are_no_mail_are_kept_all_the_same(tmp_path: Path) -> None:
    send(post(tmp_path), b"\xff\x00 no mail")
    assert len(post(tmp_path).sent()) == 1
