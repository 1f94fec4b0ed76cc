"""Mails that are made to cost as much as a mail of their size can.

Each is made to a size in bytes, so that the work for one can be held beside the work for half of it.
"""

from collections.abc import Callable

Raw = Callable[[int], bytes]

WORDS = "The lamp is still broken."


def mail(body: str = WORDS, **headers: str) -> bytes:
    """A mail; header names are written with `_`."""
    context = {"From": "Ada <ada@example.org>", "Message-ID": "<1@example.org>", "Subject": "Lamp"}
    context |= {name.replace("_", "-"): value for name, value in headers.items()}
    lines = "".join(f"{name}: {value}\r\n" for name, value in context.items())
    return f"{lines}\r\n{body}".encode()


def multipart(*parts: str, kind: str = "mixed") -> bytes:
    body = "".join(f"--b\r\n{part}\r\n" for part in parts)
    return mail(f"{body}--b--\r\n", Content_Type=f'multipart/{kind}; boundary="b"')


def part(content: str, kind: str = "text/plain") -> str:
    return f"Content-Type: {kind}\r\n\r\n{content}"


def _html(body: str) -> bytes:
    return mail(body, Content_Type="text/html; charset=utf-8")


def _headers(size: int) -> bytes:
    return b"X: y\r\n" * (size // 6) + mail()


def _headers_of(kind: str, size: int) -> bytes:
    """The headers of a part, or of a mail within the mail."""
    return multipart(part(WORDS), part("X: y\r\n" * (size // 6), kind))


def _report(size: int) -> bytes:
    """A delivery report (RFC 3464) on many recipients."""
    recipient = "Final-Recipient: rfc822; a@b.example\r\nAction: failed\r\n\r\n"
    return multipart(part(WORDS), part(recipient * (size // 58), "message/delivery-status"), kind="report")


def _attached(size: int) -> bytes:
    """Mails within the mail, each with as much text of both kinds as there is room for."""
    within = _both(size // 5).decode().replace('"b"', '"c"').replace("--b", "--c")
    return multipart(part(WORDS), *[part(within, "message/rfc822")] * 5)


def _both(size: int) -> bytes:
    plain = "\n".join(f"one{number}" for number in range(size // 20))
    page = "<br>".join(f"other{number}" for number in range(size // 20))
    return multipart(part(plain), part(page, "text/html"), kind="alternative")


def _nested(size: int, levels: int) -> bytes:
    """Parts within parts, and as many lines as there is room for: each is tried against each boundary."""
    heads = f"{WORDS}\r\n" + "".join(
        f'Content-Type: multipart/mixed; boundary="d{n}"\r\n\r\n--d{n}\r\n' for n in range(levels)
    )
    return multipart(f"{heads}\r\n\r\n" + "\r\n" * ((size - len(heads)) // 2))


HOSTILE: dict[str, Raw] = {
    "lists within lists": lambda size: _html("<ul><li>" * (size // 8)),
    "divisions within divisions": lambda size: _html("<div>" * (size // 5)),
    "quotations within quotations": lambda size: _html("<blockquote>x" * (size // 13)),
    "tables within tables": lambda size: _html("<table><tr><td>" * (size // 15)),
    "tags without an end": lambda size: _html('<a b="' * (size // 6)),
    "values without an end": lambda size: _html("<a b='" * (size // 12) + '<a c="' * (size // 12)),
    "comments without an end": lambda size: _html("<!--" * (size // 4)),
    "links within links": lambda size: _html('<a href="https://x.example/">x' * (size // 30)),
    "entities without an end": lambda size: _html("&#" * (size // 2)),
    "a number of a sign": lambda size: _html("&#" + "1" * size + ";"),
    "styles without an end": lambda size: _html("<style>" * (size // 7)),
    "a subject of encoded words": lambda size: mail(Subject=" ".join(["=?utf-8?q?a?="] * (size // 14))),
    "an author of encoded words": lambda size: mail(
        From=" ".join(["=?utf-8?b?YQ==?="] * (size // 17)) + " <a@b.example>"
    ),
    "an author of quotes": lambda size: mail(From='"' * size + " <ada@example.org>"),
    "an author of commas": lambda size: mail(From="a@b.example," * (size // 12)),
    "recipients": lambda size: mail(To=", ".join(["(((((x@y.example"] * (size // 18))),
    "headers": _headers,
    "parts, and headers": lambda size: (
        b"X: y\r\n" * (size // 12) + multipart(*[part("", "image/png")] * (size // 80))
    ),
    "headers of a mail within the mail": lambda size: _headers_of("message/rfc822", size),
    "recipients of a report": _report,
    "texts of mails within the mail": _attached,
    "attributions": lambda size: mail("On 1 1 a@b.example\n" * (size // 19)),
    "headers of Outlook": lambda size: mail("From: x\nDate: y\n" * (size // 16)),
    "originals": lambda size: mail("-----Original Message-----\n" * (size // 27)),
    "signatures": lambda size: mail("--\nx\n> y\n" * (size // 9)),
    "footers": lambda size: mail("Sent from my iPhone\n" * (size // 20)),
    "one word a line": lambda size: mail("x\n" * (size // 2)),
    "marks of quotations": lambda size: mail(">" * size),
    "blanks": lambda size: mail(" \t" * (size // 2) + "x"),
    "one long line of almost an attribution": lambda size: mail("On 1 " * (size // 5) + "wrote"),
    "links with almost a secret": lambda size: mail("?t=" * (size // 3)),
    "secrets broken over lines": lambda size: mail("?t=\n" + "a\n> " * (size // 4)),
    "plain text that is not that of the HTML": _both,
    "parts within parts, and lines": lambda size: _nested(size, 20),
    "parts": lambda size: multipart(part(WORDS), *[part("", "image/png")] * (size // 40)),
    "parts within parts for ever, and lines": lambda size: _nested(size, size // 120),
    "mails within mails": lambda size: multipart("Content-Type: message/rfc822\r\n\r\n" * (size // 32)),
    "parameters": lambda size: mail(Content_Type="text/plain" + "; a*0*=b" * (size // 9)),
    "a charset of many words": lambda size: mail(WORDS, Content_Type="text/plain; charset=" + "x" * size),
    "a bounce of one long line": lambda size: mail("a@b.example " * (size // 12), Return_Path="<>"),
}
