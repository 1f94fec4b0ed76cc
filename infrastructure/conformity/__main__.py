"""`make conformity`: writes `docs/iso10002.md`."""

from infrastructure.conformity.matrix import PAGE, clauses, marked_tests, page

if __name__ == "__main__":
    PAGE.write_text(page(clauses(), marked_tests()), encoding="utf-8")
