"""An archive that is made in steps: what is kept between two of them, and nothing written after the turn."""

from datetime import datetime
from typing import TYPE_CHECKING, Any

import msgspec
from msgspec.structs import replace

from complaints.evidence.pack_archive import PackArchive
from complaints.evidence.pack_sending import PartSender, Sending
from complaints.evidence.pack_work import PackWork, progress
from complaints.management.record import ManagementRecord
from functions.use_cases.management.evidence_files import pack_key, progress_key, work_key

if TYPE_CHECKING:
    from complaints.adapters.container import Container


_encode = msgspec.msgpack.Encoder().encode
_decode = msgspec.msgpack.Decoder(PackWork).decode


class TurnOver(Exception):
    """A step took longer than the turn: another invocation may be at work, and does it again."""


class ArchiveBuilding:
    """The archive of a record between two steps: `work` is how far it is. Nothing of it is written once the
    turn is over, at the moment `until`."""

    def __init__(
        self, deps: "Container", record: ManagementRecord, ordered_at: datetime, until: datetime
    ) -> None:
        self.record, self._until = record, until
        self._ordered_at = ordered_at
        self._now, self._files = deps.now, deps.pack_files
        self.terms = deps.sites.terms(record.site)
        known = self._files.read(work_key(record))
        self._go_on_from(_decode(known) if known else self._begun())

    def _go_on_from(self, work: PackWork) -> None:
        self.work = work
        self.sender = PartSender(self._files, pack_key(self.record), work.sending)
        ordered_at = self._ordered_at.astimezone(self.terms.zone)
        self.archive = PackArchive(work.archive, ordered_at, self._write)

    def _begun(self) -> PackWork:
        return PackWork(sending=Sending(self._files.begin(pack_key(self.record))))

    def begin_anew(self) -> None:
        """Drops all that was made, the whole archive too where it is there. Raises `TurnOver`."""
        self._be_in_turn()
        self._files.save(pack_key(self.record), b"")
        self._go_on_from(self._begun())

    def keep(self) -> None:
        """Keeps how far it is: a later run goes on from here. Raises `TurnOver`."""
        self._be_in_turn()
        work = replace(self.work, sending=self.sender.sending, archive=self.archive.state)
        self._files.save(work_key(self.record), _encode(work))
        self._files.save(progress_key(self.record), msgspec.json.encode(progress(work)))

    def _write(self, data: bytes) -> None:
        self._be_in_turn()
        self.sender.write(data)

    def _be_in_turn(self) -> None:
        if self._now() >= self._until:
            raise TurnOver

    def go_on(self, **changes: Any) -> None:
        """Changes what is kept."""
        self.work = replace(self.work, **changes)
