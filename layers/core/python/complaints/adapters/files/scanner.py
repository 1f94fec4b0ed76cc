"""The hook for a scanner of harmful files: an installation that has one puts it in the place of this."""

from complaints.case.record.attachments import Scan


class NoScanner:
    """No scanner (port `Scanner`): staff are shown that the file was not scanned."""

    def scan(self, content: bytes) -> Scan:
        return Scan.NOT_SCANNED
