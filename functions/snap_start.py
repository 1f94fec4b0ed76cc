"""SnapStart: a start of the API begins with a picture of its memory, taken once after the import of `app`."""

import os
from importlib import import_module

IN_SNAPSHOT = (
    "complaints.adapters.stores.cases.case_store",
    "functions.public.form.intake",
    "functions.public.form.submit",
    "functions.http.auth",
)
"""What a submission and most requests of staff import at their first call."""


def fill() -> None:
    """Imports what most requests want, where a picture is taken.

    Nothing was read, asked or drawn by then: each start makes its own connections, keys, settings and chance.
    """
    if os.environ.get("AWS_LAMBDA_INITIALIZATION_TYPE") == "snap-start":
        for name in IN_SNAPSHOT:
            import_module(name)
