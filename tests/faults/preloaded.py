"""What processes of the fault tests begin with: modules that are imported, and models of AWS that are read.

The server that forks them does it once.
"""

from functools import cached_property

import pytest
from pynamodb.connection import base

from complaints.adapters.container import Container
from complaints.adapters.dynamodb.table import connection
from tests.faults import fault_process as fault_process
from tests.installation import Installation
from tests.running import cheaper_processes, engine_calls

pytest.MonkeyPatch().setattr(base, "get_session", cheaper_processes.session)
engine_calls.install()
_world = Installation("no-table").world
for _kind in Container.__mro__:
    for _name, _part in vars(_kind).items():
        if isinstance(_part, cached_property):
            getattr(_world, _name)
assert connection().client, "it is made, and calls nothing"
