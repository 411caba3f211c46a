"""The commands of a new installation: each does its work once."""

import io

import pytest
from django.core.management import call_command

from reports.models import OutlineVersion, Publication

pytestmark = pytest.mark.django_db


def said(name: str) -> str:
    out = io.StringIO()
    call_command(name, stdout=out)
    return out.getvalue()


def test_load_outline_makes_the_first_version_once():
    words = "Đề cương báo cáo công tác dân vận – phiên bản 1: 93 chỉ tiêu.\n"
    assert [said("load_outline"), said("load_outline")] == [words, words]
    assert OutlineVersion.objects.count() == 1


def test_load_archive_publishes_each_piece_once():
    assert [said("load_archive"), said("load_archive")] == [
        "Đã công bố 5 tư liệu.\n",
        "Đã công bố 0 tư liệu.\n",
    ]
    assert Publication.objects.published().count() == 5
