"""The record of a case: its files, details, links, redactions and erasure, as data."""
