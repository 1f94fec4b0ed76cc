"""Tests of the trend rule."""
