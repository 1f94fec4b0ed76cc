"""Complaints that a new local run starts with, so that every page has something to show."""

from infrastructure.local.demonstration.run_stories import EARLIEST, catch_up, play

__all__ = ["EARLIEST", "catch_up", "play"]
