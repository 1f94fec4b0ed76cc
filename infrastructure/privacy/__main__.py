"""`make privacy`: writes the tables of `docs/privacy.md` anew."""

import sys

from infrastructure.privacy.page import PAGE, missing, written

if __name__ == "__main__":
    if lacking := missing():
        sys.exit("infrastructure/privacy/map.toml and the code differ: " + ", ".join(lacking))
    PAGE.write_text(written(PAGE.read_text("utf-8")), "utf-8")
