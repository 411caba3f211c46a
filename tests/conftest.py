"""Fixtures that all tests may use."""

import gc
import os
from copy import deepcopy

import pytest
from django.core.cache import cache
from django.db import connection, transaction

from reports.domain import known_outlines, live_checks
from tests.factories.world import make_world

# Races between two connections are real on PostgreSQL only; SQLite lets one writer in at a time.
collect_ignore = [] if os.environ.get("DATABASE_URL", "").startswith("postgres") else ["postgresql"]

#: Fixtures of pytest-django that bring a database.
DATABASE = {"db", "transactional_db", "django_db_reset_sequences", "django_db_serialized_rollback"}


def pytest_collection_modifyitems(config, items):
    """On PostgreSQL run what touches a database; everything else is the same there and ran on SQLite."""
    if not os.environ.get("DATABASE_URL", "").startswith("postgres"):
        return
    touching = [
        item for item in items if item.get_closest_marker("django_db") or DATABASE & set(item.fixturenames)
    ]
    left_out = set(items) - set(touching)
    config.hook.pytest_deselected(items=[item for item in items if item in left_out])
    items[:] = touching


def pytest_collection_finish():
    """What has been imported and collected stays to the end: the collector of garbage need not walk it again."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(100_000, 20, 100)


@pytest.fixture(scope="module")
def rows_of_module(django_db_setup, django_db_blocker):
    """Rows written from here on stay for all tests of the module; each test's own are undone as always."""
    with django_db_blocker.unblock(), transaction.atomic():
        yield
        transaction.set_rollback(True)


@pytest.fixture(scope="module")
def scene(rows_of_module):
    """What every test of a module begins with, laid out once; a module may lay out more."""
    return make_world()


@pytest.fixture
def world(scene, db):
    """The scene as it was laid out: what an earlier test did to it is undone."""
    return deepcopy(scene)


@pytest.fixture(autouse=True)
def nothing_remembered():
    """What a process keeps of the rows of one test is not known to the next."""
    known_outlines.forget()
    live_checks.forget()


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
