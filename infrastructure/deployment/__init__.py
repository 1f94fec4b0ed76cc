"""Bringing a package to an account of AWS."""
