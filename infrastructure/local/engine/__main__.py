"""`python -m infrastructure.local.engine` installs the engine, unless DYNAMODB_ENDPOINT names another."""

import sys

from infrastructure.errors import CommandError
from infrastructure.local.engine.install import install
from infrastructure.local.engine.process import address_from_environment

if not address_from_environment():
    try:
        install()
    except CommandError as trouble:
        sys.exit(str(trouble))
