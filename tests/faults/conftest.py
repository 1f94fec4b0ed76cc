"""An installation whose mails lie in a folder, so that processes which die share it."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.faults.fault_process import MailFolder
from tests.installation import Installation, opened


@pytest.fixture
def post(tmp_path: Path) -> MailFolder:
    return MailFolder(tmp_path)


@pytest.fixture
def installation(table: str, post: MailFolder) -> Iterator[Installation]:
    with opened(table, mail_sender=post) as installation:
        yield installation
