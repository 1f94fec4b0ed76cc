"""Trends (clause 8.2): whether more complaints came of a kind than chance explains, by one exact test."""
