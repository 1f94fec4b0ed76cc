"""Brings a browser, as `make test` asks for it; the tests go on without one."""

import sys

from infrastructure.errors import CommandError
from infrastructure.screenshots.browser import bring

if __name__ == "__main__":
    try:
        bring()
    except CommandError as trouble:
        sys.exit(str(trouble))
