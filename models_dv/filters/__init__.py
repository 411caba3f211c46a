"""Filters of the lists of nouns (django-filter)."""
