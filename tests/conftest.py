"""Fixtures that all tests may use."""

import os

import pytest
from django.core.cache import cache
from django.db import connection

# Races between two connections are real on PostgreSQL only; SQLite lets one writer in at a time.
collect_ignore = [] if os.environ.get("DATABASE_URL", "").startswith("postgres") else ["postgresql"]


@pytest.fixture
def empty_cache(db):
    """A cache in which nothing is counted yet."""
    cache.clear()


@pytest.fixture
def on_postgresql(db) -> bool:
    """Whether this run is the one on PostgreSQL."""
    return connection.vendor == "postgresql"


def pytest_report_header():
    """Which database this run is on."""
    return f"database: {connection.vendor}"
