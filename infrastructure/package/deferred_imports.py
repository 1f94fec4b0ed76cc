"""Imports of libraries that a first answer does not need, moved to where they are used.

Exists for the gate "cold start of a submission, of the untreated stack's" (`benchmarks/RESULTS.md`): these
imports bring 40 modules to each start. Nothing is taken away: what needs one of them imports it when it is
called. A test calls each of these places in the built layer.
"""

from pathlib import Path
from typing import NamedTuple


class Deferral(NamedTuple):
    """A text of a file below site-packages, and what stands there instead."""

    path: str
    before: str
    after: str


DEFERRALS = (
    # Reads the version of a library for HTTP/2; its import brings zipfile, tempfile and importlib.resources.
    Deferral("urllib3/http2/__init__.py", "from importlib.metadata import version\n\n", ""),
    Deferral(
        "urllib3/http2/__init__.py",
        '    h2_version = version("h2")\n',
        '    from importlib.metadata import version\n\n    h2_version = version("h2")\n',
    ),
    # Writes the documentation of clients: eighteen modules and an HTML parser.
    Deferral("botocore/docs/__init__.py", "from botocore.docs.service import ServiceDocumenter\n\n", ""),
    Deferral(
        "botocore/docs/__init__.py",
        "    # Create the root directory where all service docs live.\n",
        "    from botocore.docs.service import ServiceDocumenter\n\n",
    ),
    Deferral(
        "botocore/docs/docstring.py",
        "from botocore.docs.bcdoc.restdoc import DocumentStructure\n"
        "from botocore.docs.method import document_model_driven_method\n"
        "from botocore.docs.paginator import document_paginate_method\n"
        "from botocore.docs.waiter import document_wait_method\n",
        "",
    ),
    Deferral(
        "botocore/docs/docstring.py",
        "        docstring_structure = DocumentStructure(",
        "        from botocore.docs.bcdoc.restdoc import DocumentStructure\n\n"
        "        docstring_structure = DocumentStructure(",
    ),
    *(
        Deferral(
            "botocore/docs/docstring.py",
            f"        {function}(*args",
            f"        from botocore.docs.{module} import {function}\n\n        {function}(*args",
        )
        for module, function in (
            ("method", "document_model_driven_method"),
            ("waiter", "document_wait_method"),
            ("paginator", "document_paginate_method"),
        )
    ),
    # A log line needs neither metrics nor traces; who counts imports `aws_lambda_powertools.metrics`.
    Deferral(
        "aws_lambda_powertools/__init__.py",
        "from aws_lambda_powertools.metrics import Metrics, single_metric\n",
        "",
    ),
    Deferral("aws_lambda_powertools/__init__.py", "from aws_lambda_powertools.tracing import Tracer\n", ""),
    Deferral(
        "aws_lambda_powertools/__init__.py", '    "Metrics",\n    "single_metric",\n    "Tracer",\n', ""
    ),
)


def defer_imports(site_packages: Path) -> None:
    """Moves them. Raises `ValueError` where a library reads otherwise than it did."""
    for deferral in DEFERRALS:
        path = site_packages / deferral.path
        source = path.read_text(encoding="utf-8")
        if source.count(deferral.before) != 1:
            raise ValueError(f"{deferral.path} reads otherwise: {deferral.before!r}")
        path.write_text(source.replace(deferral.before, deferral.after), encoding="utf-8")
