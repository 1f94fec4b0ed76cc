"""What a site says of its transactions, one month at a time: complaints are told per thousand of them."""

from complaints.case.fact import Fact
from complaints.settings.commands import ChangeSite, PutTransactions
from complaints.settings.setting import Setting
from complaints.settings.settings_context import SettingsContext
from complaints.settings.site.sites import change_site
from complaints.site.site import SiteRecord
from complaints.values.errors import Invalid, Wrong

MOST_MONTHS = 120
"""How many months a site keeps the numbers of."""


def put_transactions(setting: Setting, command: PutTransactions, context: SettingsContext) -> list[Fact]:
    """Writes the number of one month, or removes it. Raises `Invalid`."""
    record = setting.record
    assert isinstance(record, SiteRecord)
    if command.number is None and command.month not in record.transactions:
        raise Invalid(Wrong("/number", "missing"))
    known = dict(record.transactions)
    known.pop(command.month, None)
    if command.number is not None:
        known[command.month] = command.number
    if len(known) > MOST_MONTHS:
        raise Invalid(Wrong("/month", "too-many", MOST_MONTHS))
    values = {name: getattr(record, name) for name in ChangeSite.__struct_fields__ if name != "reason"}
    changed = ChangeSite(**values | {"transactions": dict(sorted(known.items()))}, reason=command.reason)
    return change_site(setting, changed, context)
