"""Mails as they come, made by hand for these tests: odd, broken, hostile, and written by machines."""

import base64

ADA = "Ada Yilmaz <ada@example.org>"
WORDS = "The lamp is still broken."


def mail(body: str | bytes = WORDS, **headers: str | None) -> bytes:
    """A mail; header names are written with `_`, and one that is `None` is left out."""
    usual: dict[str, str | None] = {
        "From": ADA,
        "To": "answers@in.example.org",
        "Subject": "Re: Your complaint",
        "Message-ID": "<1@example.org>",
    }
    context = {name.replace("_", "-"): value for name, value in headers.items()}
    lines = [f"{name}: {value}" for name, value in (usual | context).items() if value is not None]
    content = body if isinstance(body, bytes) else body.encode("utf-8", "surrogateescape")
    return "\r\n".join(lines).encode("utf-8", "surrogateescape") + b"\r\n\r\n" + content


def multipart(*parts: str, kind: str = "mixed", **headers: str) -> bytes:
    """A mail of parts; each is written with its own headers."""
    body = "".join(f"--b\r\n{part}\r\n" for part in parts) + "--b--\r\n"
    return mail(body, Content_Type=f'multipart/{kind}; boundary="b"', **headers)


def part(content: str, kind: str = "text/plain; charset=utf-8", **headers: str) -> str:
    lines = [
        f"Content-Type: {kind}",
        *(f"{name.replace('_', '-')}: {value}" for name, value in headers.items()),
    ]
    return "\r\n".join(lines) + "\r\n\r\n" + content


PHOTO = part(
    base64.b64encode(b"\xff\xd8\xff photo").decode(),
    "image/jpeg",
    Content_Transfer_Encoding="base64",
    Content_Disposition='attachment; filename="../../lamp.jpg"',
)
DEEP = [
    "".join(f'Content-Type: multipart/mixed; boundary="d{n}"\r\n\r\n--d{n}\r\n' for n in range(depth))
    + part("x")
    for depth in (300, 2_000)
]

OF_PEOPLE: dict[str, bytes] = {
    "plain": mail(),
    "line ends of one sign": mail(WORDS).replace(b"\r\n", b"\n"),
    "utf-8 without saying so": mail("The lamp is still broken. Teşekkürler"),
    "a charset that is none": mail(Content_Type="text/plain; charset=klingon"),
    "a codec of Python as charset": mail(Content_Type="text/plain; charset=unicode_escape"),
    "windows-1254": mail(
        "The lamp is still broken. ığüşöç".encode("cp1254"), Content_Type="text/plain; charset=cp1254"
    ),
    "not the charset that it names": mail(
        "The lamp is still broken. é".encode("latin-1"), Content_Type="text/plain; charset=utf-8"
    ),
    "iso-2022-jp": mail(
        "The lamp is still broken. 電球".encode("iso2022_jp"), Content_Type="text/plain; charset=iso-2022-jp"
    ),
    "utf-16": mail(
        base64.b64encode(WORDS.encode("utf-16")),
        Content_Type="text/plain; charset=utf-16",
        Content_Transfer_Encoding="base64",
    ),
    "NUL and control signs": mail("The lamp\0 is still\x07 broken."),
    "an encoding that is none": mail(Content_Transfer_Encoding="rot13"),
    "broken base64": mail("VGhlIGxhbXAgaXMgc3RpbGwgYnJva2VuLg=", Content_Transfer_Encoding="base64"),
    "broken quoted-printable": mail(
        "The lamp is still broken.=ZZ=", Content_Transfer_Encoding="quoted-printable"
    ),
    "only HTML": mail("<p>The lamp is <b>still</b> broken.</p>", Content_Type="text/html"),
    "HTML that would run": mail(
        "<script>steal()</script><p onclick='x()'>The lamp is still broken.<img src=x onerror=x()></p>",
        Content_Type="text/html",
    ),
    "both texts": multipart(part(WORDS), part("<p>other</p>", "text/html"), kind="alternative"),
    "an empty plain text beside HTML": multipart(
        part(" "), part(f"<p>{WORDS}</p>", "text/html"), kind="alternative"
    ),
    "a boundary that never comes": mail(WORDS, Content_Type='multipart/mixed; boundary="never"'),
    "no boundary at all": mail(WORDS, Content_Type="multipart/mixed"),
    "parts without an end": multipart(part(WORDS))[:-8],
    "a photograph": multipart(part(WORDS), PHOTO),
    "300 parts within parts": multipart(part(WORDS), DEEP[0]),
    "2,000 parts within parts": multipart(part(WORDS), DEEP[1]),
    "2,000 mails within mails": multipart(part(WORDS), "Content-Type: message/rfc822\r\n\r\n" * 2_000),
    "5,000 parts": multipart(part(WORDS), *[part("", "image/png")] * 5_000),
    "a mail within the mail": multipart(part(WORDS), part(mail("inner").decode(), "message/rfc822")),
    "a subject in two charsets": mail(Subject="=?utf-8?q?=C5=9Eik=C3=A2yet?= =?iso-8859-9?q?=FDm?="),
    "a subject whose encoding is broken": mail(Subject="=?utf-8?b?////?= =?x?q?=ZZ?="),
    "a subject of raw bytes": mail().replace(b"Re: Your", b"\xff\xfe Your"),
    "a subject with a line end": mail(Subject="one\r\n two"),
    "a sender with raw bytes": mail().replace(b"Ada Yilmaz", b"\xddlmaz"),
    "a sender in quotes": mail(From='"Yilmaz, Ada (home)" <Ada@Example.org>'),
    "a header without a colon": mail().replace(b"To:", b"To"),
    "a header of 100,000 signs": mail(X_Long="x" * 100_000),
    "10,000 headers": mail(**{f"X_{number}": "y" for number in range(10_000)}),
    "a content type of nonsense": mail(Content_Type="////;;;==\\"),
    "a file name in raw bytes": multipart(part(WORDS), PHOTO.replace("lamp", "l\udcffmp")),
    "a parameter in the manner of RFC 2231": multipart(
        part(WORDS), PHOTO.replace('filename="../../lamp.jpg"', "filename*=utf-8''l%C3%A2mba.jpg")
    ),
    "a broken RFC 2231 parameter": multipart(
        part(WORDS), PHOTO.replace('filename="../../lamp.jpg"', "filename*99*=klingon'x'%zz")
    ),
    "no message id": mail(Message_ID=None),
    "a line of 1,000,000 signs": mail(WORDS + "\r\n\r\n> " + "x" * 1_000_000),
    "Exchange asks for no automatic answers": mail(X_Auto_Response_Suppress="All"),
    "Exchange redirected it": mail(
        X_MS_Exchange_Inbox_Rules_Loop="ada@example.org",
        X_MS_Exchange_Generated_Message_Source="Mailbox Rules Agent",
    ),
    "words of bounces": mail(
        f"{WORDS} I wrote to your people, support@shop.example, and nobody answered me. "
        "Delivery to the following recipients failed."
    ),
    "parameters that contradict each other": mail(Content_Type="text/plain; name*=a; name*0=b"),
    "a file with parameters that contradict each other": multipart(
        part(WORDS), part("x", "image/png; name*=a; name*0=b")
    ),
    "a file whose type has raw bytes": multipart(part(WORDS), part("x", "image/\udcffng")),
    "broken Base64 in each header": multipart(
        part(WORDS),
        PHOTO.replace("../../lamp.jpg", "=?utf-8?B?abcde?="),
        Subject="=?utf-8?B?abcde?=",
        From="=?utf-8?B?abcde?= <ada@example.org>",
    ),
    "text that parsers of replies choke on": mail(WORDS + "\n\n" + "> On " * 20_000),
}
"""Each holds the same words of a person, whatever else is wrong with it."""

REPORT = 'multipart/report; report-type={}; boundary="b"'
OF_MACHINES: dict[str, tuple[str, bytes]] = {
    "a bounce (RFC 3464)": (
        "bounce",
        multipart(
            part("Delivery failed."),
            part(
                "Final-Recipient: rfc822; ada@example.org\r\nAction: failed\r\nStatus: 5.1.1",
                "message/delivery-status",
            ),
        ).replace(b'multipart/mixed; boundary="b"', REPORT.format("delivery-status").encode()),
    ),
    "a bounce in words": (
        "bounce",
        mail(
            "Hi. This is the qmail-send program at example.org.\n"
            "I'm afraid I wasn't able to deliver your message to the following addresses.\n"
            "This is a permanent error; I've given up. Sorry it didn't work out.\n\n"
            "<ada@example.org>:\nSorry, no mailbox here by that name.\n",
            From="Nobody <nobody@example.org>",
            Return_Path="<>",
        ),
    ),
    "a bounce of Exim": ("bounce", mail(X_Failed_Recipients="ada@example.org")),
    "a mail of the mailer daemon": ("bounce", mail(From="MAILER-DAEMON@example.org")),
    "a receipt (RFC 8098)": ("receipt", mail(Content_Type=REPORT.format("disposition-notification"))),
    "a spam report (RFC 5965)": ("bounce", mail(Content_Type=REPORT.format("feedback-report"))),
    "a holiday answer (RFC 3834)": ("reply", mail(Auto_Submitted="auto-replied (vacation)")),
    "an answer that only its subject gives away": ("reply", mail(Subject="Automatic reply: Your complaint")),
    "an old auto-responder": ("reply", mail(Precedence="auto_reply")),
    "another desk": ("reply", mail(Auto_Submitted="auto-generated")),
    "a mailing list": ("list", mail(List_Id="<all.example.org>")),
    "a bulk mail": ("list", mail(Precedence="Bulk")),
    "our own mail": ("own", mail(From="Complaints <Complaints@Answerable.example>")),
}
