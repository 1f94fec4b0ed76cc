"""Names for downloads, made of what people call their files: no path, no order to a program, no disguise."""

import re
import unicodedata

from complaints.case.record.attachments import FileType
from complaints.values.text.normalization import nfc

ENDINGS = {
    FileType.PDF: ".pdf",
    FileType.JPEG: ".jpg",
    FileType.PNG: ".png",
    FileType.WEBP: ".webp",
    FileType.TEXT: ".txt",
}
NAMELESS = "attachment"
MOST_SIGNS = 60
"""Code points of a name without its ending: in UTF-8 at most 240 bytes, which every file system takes."""

_DEVICES = re.compile(r"con|prn|aux|nul|clock\$|conin\$|conout\$|(?:com|lpt)[\d¹²³]", re.IGNORECASE)
_UNFIT = frozenset('<>:"|?*%;')
_BETWEEN_PARTS = re.compile(r"[/\\]")


def download_name(name: str, kind: FileType) -> str:
    r"""The name under which a file is handed out; its ending says what the file is.

    >>> download_name("../../etc/passwd", FileType.TEXT)
    'passwd.txt'
    >>> download_name("C:\\fakepath\\Rechnung.exe", FileType.PDF)
    'Rechnung.pdf'
    >>> download_name("CON", FileType.PNG)
    'attachment.png'
    """
    last = _BETWEEN_PARTS.split(nfc(name))[-1]
    signs = "".join(filter(_is_fit, last))
    stem = (signs.rpartition(".")[0] or signs).strip(" .")[:MOST_SIGNS].rstrip(" .")
    is_device = _DEVICES.fullmatch(stem.partition(".")[0].strip())
    return f"{NAMELESS if is_device or not stem else stem}{ENDINGS[kind]}"


def _is_fit(sign: str) -> bool:
    """No control, no mark of direction, no space but the plain one, nothing that a shell reads."""
    return sign == " " or (unicodedata.category(sign)[0] not in "CZ" and sign not in _UNFIT)
