"""Evaluating how complaints are handled (clauses 8.5 and 8.6): samples, audits, reviews, yearly reports."""
