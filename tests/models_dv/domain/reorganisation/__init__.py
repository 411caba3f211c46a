"""Tests of the reorganisation of units."""
