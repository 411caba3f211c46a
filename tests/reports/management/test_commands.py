"""The commands of a new installation: each does its work once."""

import io
from importlib import import_module
from types import SimpleNamespace

import pytest
from django.apps import apps
from django.core.management import call_command
from django.db import connection

from reports.models import Indicator, OutlineVersion, Publication

pytestmark = pytest.mark.django_db


def said(name: str) -> str:
    out = io.StringIO()
    call_command(name, stdout=out)
    return out.getvalue()


def test_load_outline_makes_the_first_version_once():
    words = "Đề cương báo cáo công tác dân vận – phiên bản 1: 93 chỉ tiêu.\n"
    assert [said("load_outline"), said("load_outline")] == [words, words]
    assert OutlineVersion.objects.count() == 1


def test_an_outline_loaded_earlier_gets_the_definitions():
    """What was written or named otherwise in the installation stays as it is."""
    said("load_outline")
    shipped = dict(Indicator.objects.values_list("code", "definition"))
    assert [code for code, definition in shipped.items() if not definition] == []
    Indicator.objects.update(definition="")
    Indicator.objects.filter(code="A1").update(definition="Theo hướng dẫn của tỉnh.")
    Indicator.objects.filter(code="A2").update(name="Văn bản khác")
    migration = import_module("reports.migrations.0008_definitions_of_the_shipped_outline")
    migration.add_definitions(apps, SimpleNamespace(connection=connection))
    now = dict(Indicator.objects.values_list("code", "definition"))
    assert now == shipped | {"A1": "Theo hướng dẫn của tỉnh.", "A2": ""}


def test_load_archive_publishes_each_piece_once():
    assert [said("load_archive"), said("load_archive")] == [
        "Đã công bố 5 tư liệu.\n",
        "Đã công bố 0 tư liệu.\n",
    ]
    assert Publication.objects.published().count() == 5
