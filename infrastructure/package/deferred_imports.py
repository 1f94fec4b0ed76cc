"""Imports of libraries that a first answer does not need, moved to where they are used.

Exists for the gate "cold start of a submission, of the untreated stack's" (`benchmarks/RESULTS.md`): these
imports bring 60 modules to each start. Nothing is taken away: what needs one of them imports it when it is
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
    # What Python 3.13 has itself: typing_extensions defines it for older ones.
    Deferral(
        "aws_lambda_powertools/utilities/jmespath_utils/__init__.py",
        "from typing_extensions import deprecated\n",
        "from warnings import deprecated\n",
    ),
    Deferral(
        "msgspec/_utils.py",
        "    from typing_extensions import get_type_hints as _get_type_hints\n",
        "    from typing import get_type_hints as _get_type_hints\n",
    ),
    Deferral(
        "msgspec/_utils.py",
        "    from typing_extensions import NotRequired, Required\n",
        "    from typing import NotRequired, Required\n",
    ),
    # Reads moments from text: credentials that end have some, those of a function none.
    Deferral(
        "dateutil/parser/__init__.py",
        "from ._parser import parse, parser, parserinfo, ParserError\n"
        "from ._parser import DEFAULTPARSER, DEFAULTTZPARSER\n"
        "from ._parser import UnknownTimezoneWarning\n\n"
        "from ._parser import __doc__\n\n"
        "from .isoparser import isoparser, isoparse\n",
        "def __getattr__(name):\n"
        "    if name not in __all__:\n"
        "        raise AttributeError(name)\n"
        "    from dateutil.parser import _parser\n"
        "    from dateutil.parser.isoparser import isoparse, isoparser\n\n"
        "    found = {each: getattr(_parser, each) for each in __all__ if hasattr(_parser, each)}\n"
        "    globals().update(found, isoparse=isoparse, isoparser=isoparser)\n"
        "    return globals()[name]\n",
    ),
    Deferral(
        "dateutil/parser/__init__.py",
        "from ._parser import _timelex, _resultbase\n"
        "from ._parser import _tzparser, _parsetz\n\n"
        "_timelex = __deprecate_private_class(_timelex)\n"
        "_tzparser = __deprecate_private_class(_tzparser)\n"
        "_resultbase = __deprecate_private_class(_resultbase)\n"
        "_parsetz = __deprecated_private_func(_parsetz)\n",
        "",
    ),
    Deferral(
        "botocore/credentials.py",
        "from dateutil.parser import parse\n",
        "\n\ndef parse(value):\n    return dateutil.parser.parse(value)\n\n\n",
    ),
    # DynamoDB and SSM answer in JSON: S3 alone wants XML and its parser.
    Deferral(
        "botocore/compat.py",
        "import xml.etree.ElementTree as ETree\nXMLParseError = ETree.ParseError\n",
        "class _LazyElementTree:\n"
        "    def __getattr__(self, name):\n"
        "        import xml.etree.ElementTree\n\n"
        "        return getattr(xml.etree.ElementTree, name)\n\n\n"
        "ETree = _LazyElementTree()\n",
    ),
    Deferral(
        "botocore/serialize.py",
        "from xml.etree import ElementTree\n",
        "from botocore.compat import ETree as ElementTree\n",
    ),
    Deferral("botocore/handlers.py", "    XMLParseError,\n", ""),
    Deferral("botocore/handlers.py", "        except XMLParseError:\n", "        except ETree.ParseError:\n"),
    Deferral(
        "botocore/parsers.py",
        "from botocore.compat import ETree, XMLParseError\n",
        "from botocore.compat import ETree\n",
    ),
    Deferral(
        "botocore/parsers.py",
        "        except XMLParseError as e:\n",
        "        except ETree.ParseError as e:\n",
    ),
    Deferral("botocore/response.py", "    XMLParseError,  # noqa: F401\n", ""),
    # A value is encrypted by AES-GCM, which is in the library's binding: no other cipher is needed for it.
    Deferral(
        "cryptography/hazmat/primitives/ciphers/__init__.py",
        "from cryptography.hazmat.primitives._cipheralgorithm import (\n"
        "    BlockCipherAlgorithm,\n"
        "    CipherAlgorithm,\n"
        ")\n"
        "from cryptography.hazmat.primitives.ciphers.base import (\n"
        "    AEADCipherContext,\n"
        "    AEADDecryptionContext,\n"
        "    AEADEncryptionContext,\n"
        "    Cipher,\n"
        "    CipherContext,\n"
        ")\n",
        "def __getattr__(name):\n"
        "    if name not in __all__:\n"
        "        raise AttributeError(name)\n"
        "    from cryptography.hazmat.primitives import _cipheralgorithm\n\n"
        "    if hasattr(_cipheralgorithm, name):\n"
        "        return getattr(_cipheralgorithm, name)\n"
        "    from cryptography.hazmat.primitives.ciphers import base\n\n"
        "    return getattr(base, name)\n",
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
