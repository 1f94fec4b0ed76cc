"""`python -m infrastructure.local.engine` installs the engine, unless DYNAMODB_ENDPOINT names another."""

import sys

from infrastructure.errors import Trouble
from infrastructure.local.engine.install import install
from infrastructure.local.engine.process import given

if not given():
    try:
        install()
    except Trouble as trouble:
        sys.exit(str(trouble))
