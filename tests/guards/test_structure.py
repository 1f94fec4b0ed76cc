"""The size of the product has a ceiling: who needs more says so here, in the commit that grows it."""

from benchmarks import structure

CEILING = structure.Structure(lines=118_150, modules=1_140, imports=136, helpers_used_once=1_426)
"""Each is lowered when it falls."""


def test_the_product_grows_only_by_what_a_commit_says() -> None:
    found = structure.measure()
    assert all(now <= most for now, most in zip(found, CEILING, strict=True)), found


def test_what_is_measured_is_the_product() -> None:
    names = {path.relative_to(structure.ROOT).parts[0] for path in structure.sources()}
    assert names == set(structure.PRODUCT)
