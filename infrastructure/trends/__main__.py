"""`make trends`: simulates the trend rule, and writes the tables of `docs/trends.md`."""

from infrastructure.trends.page import PAGE, written

if __name__ == "__main__":
    PAGE.write_text(written(PAGE.read_text("utf-8")), "utf-8")
