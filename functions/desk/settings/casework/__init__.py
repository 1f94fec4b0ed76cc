"""Automations, macros and standard texts of a site."""
