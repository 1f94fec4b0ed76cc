"""What a local run shows at first can be settled, each part after those that it names."""

import msgspec

from complaints.settings.changes import (
    CHANGES,
)
from complaints.values.casework.macros import Macro
from infrastructure.local.demonstration.run_stories import wording
from tests.settings_stores import Organisation


def test_the_texts_and_macros_of_the_demonstration_are_sound() -> None:
    organisation = Organisation()
    records = [
        organisation.does(msgspec.convert(each.body, CHANGES[each.kind, "change"]), each.name).record
        for each in wording()
    ]
    assert isinstance(records[-1], Macro)
