"""Erasure beyond one case: the list of erasures, which a restore applies again."""
