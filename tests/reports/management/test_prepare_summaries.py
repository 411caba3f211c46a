"""Laying out the PDFs ahead of the first reader."""

import pytest
from django.core.management import call_command

from reports.documents.summary_files import ready_file
from reports.domain import public_reading
from tests.factories.publications import cite, make_unit

pytestmark = pytest.mark.django_db


def test_every_published_summary_gets_its_file_once(capsys):
    unit = make_unit("ha-tinh", "Hà Tĩnh")
    cite(unit, 2022, title="Tệp làm sẵn năm 2022")
    cite(unit, 2023, title="Tệp làm sẵn năm 2023")
    call_command("prepare_summaries")
    call_command("prepare_summaries")
    assert capsys.readouterr().out == "Đã tạo 2 tệp PDF.\nĐã tạo 0 tệp PDF.\n"
    assert ready_file(public_reading.find("ha-tinh-2022")).pages == 1
