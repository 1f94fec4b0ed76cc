"""`python -m infrastructure.local.engine` installs the engine, unless DYNAMODB_ENDPOINT names another."""

import os
import sys

from infrastructure.local.engine.install import install
from infrastructure.local.trouble import Trouble

if not os.environ.get("DYNAMODB_ENDPOINT"):
    try:
        install()
    except Trouble as trouble:
        sys.exit(str(trouble))
