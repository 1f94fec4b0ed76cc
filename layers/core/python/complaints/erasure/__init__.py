"""Erasure beyond one case: the list of erasures, the cases of a person, and rules of retention."""
