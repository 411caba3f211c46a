"""Filters of lists, read from the address."""
