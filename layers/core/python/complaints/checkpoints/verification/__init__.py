"""Verifying the record against what was sealed: each chain, letter, file and setting, whole or by sample."""
