"""Enclosures: the files that go with a letter, added to it when it is sent.

The rendered letter is kept without them: they are large, and the same for many letters.
"""

from hashlib import sha256
from typing import TYPE_CHECKING

from complaints.case.correspondence.letter import Enclosure, Letter
from complaints.context.ports import SendingRefused

if TYPE_CHECKING:
    from complaints.adapters.container import Container
    from complaints.context.ports import Files


def with_enclosures(deps: "Container", letter: Letter, message: bytes) -> bytes:
    """The letter as it leaves. Raises `SendingRefused` where a file is gone, or is not the one that the
    letter speaks of."""
    files = [(enclosure.name, _content(deps.files, enclosure)) for enclosure in letter.enclosures]
    return deps.letter_renderer.with_files(message, letter, files)


def _content(files: "Files", enclosure: Enclosure) -> bytes:
    content = files.kept(enclosure.key)
    if content is None or sha256(content).hexdigest() != enclosure.digest:
        raise SendingRefused("an enclosure is not there")
    return content
