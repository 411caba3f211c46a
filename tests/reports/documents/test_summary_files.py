"""The PDF of a summary: what it says, and that it is laid out once."""

import io

import pikepdf
import pytest
from pdfminer.high_level import extract_text

from reports.documents.content import Citation, FigureRow, KeyFigure
from reports.documents.summary_builder import summary_content
from reports.documents.summary_files import count_pages, ready_file, summary_file
from reports.domain import public_reading
from tests.factories.publications import cite, figure, make_unit

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def own_storage(settings, tmp_path):
    settings.STORAGES = {
        **settings.STORAGES,
        "private": {
            "BACKEND": "django.core.files.storage.FileSystemStorage",
            "OPTIONS": {"location": tmp_path},
        },
    }
    return tmp_path


@pytest.fixture
def report():
    cite(
        make_unit("ha-tinh", "Hà Tĩnh"),
        title="Tổng kết công tác dân vận năm 2023",
        figures=[
            figure(value=1743, same_period_value=1638, is_key=True),
            figure(code="K4", name="Mô hình tiêu biểu", value=250, qualifier="gan", note="theo báo"),
        ],
        source={
            "byline": "Thanh Ngân",
            "inferred": ["Kỳ báo cáo: suy từ ngày đăng."],
            "note": "Chỉ để nội bộ",
        },
    )
    return public_reading.find("ha-tinh-2023")


def test_the_file_says_what_the_page_says(report):
    content = summary_content(report)
    assert (content.body_name, content.kind, content.period) == (
        "Ban Dân vận Tỉnh uỷ Hà Tĩnh",
        "Báo cáo tổng kết",
        "năm 2023",
    )
    assert content.key_figures == (
        KeyFigure("1.743", "", "Mô hình “Dân vận khéo”", "Tăng 105 (6,4%) so với cùng kỳ 2022"),
    )
    assert content.figure_groups[0].rows == (
        FigureRow("Mô hình “Dân vận khéo”", "mô hình", "1.743", same_period="1.638"),
        FigureRow("Mô hình tiêu biểu", "mô hình", "gần 250", same_period="chưa thống kê", note="theo báo"),
    )
    assert content.citation == Citation(
        outlet="Baohatinh.vn", byline="Thanh Ngân", inferred=("Kỳ báo cáo: suy từ ngày đăng",)
    )
    assert (content.source_line, content.illustrative) == ("", False)


def test_a_file_is_made_once_and_then_read(report, own_storage):
    assert ready_file(report) is None
    made = summary_file(report)
    before = made.path.stat().st_mtime_ns
    assert (summary_file(report), ready_file(report)) == (made, made)
    assert made.path.stat().st_mtime_ns == before
    assert [path.name for path in own_storage.rglob("*") if path.is_file()] == [made.path.name]


def test_a_deleted_file_is_made_again_with_the_same_bytes(report):
    made = summary_file(report)
    data = made.path.read_bytes()
    made.path.unlink()
    assert summary_file(report).path.read_bytes() == data


def test_other_words_are_another_file(report):
    made = summary_file(report)
    report.version.lead = "Lời dẫn khác."
    assert ready_file(report) is None
    assert summary_file(report).path != made.path


def test_pages_and_size_stand_beside_the_link(report):
    made = summary_file(report)
    data = made.path.read_bytes()
    assert (made.pages, made.size) == (len(pikepdf.open(io.BytesIO(data)).pages), len(data))
    assert made.description == f"1 trang · {round(len(data) / 1024)} KB"


def test_pages_of_a_long_text_are_counted(report):
    report = public_reading.PublicReport(
        **{**vars(report), "sections": report.sections * 400, "figures": report.figures * 60}
    )
    data = summary_file(report).path.read_bytes()
    assert count_pages(data) == len(pikepdf.open(io.BytesIO(data)).pages) > 5


def test_no_half_file_is_left_when_the_disk_is_full(report, monkeypatch, own_storage):
    def full(*args):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("os.replace", full)
    with pytest.raises(OSError, match="No space left"):
        summary_file(report)
    assert [path for path in own_storage.rglob("*") if path.is_file()] == []


def test_nothing_internal_is_in_the_file(report):
    data = summary_file(report).path.read_bytes()
    words = extract_text(io.BytesIO(data))
    assert "1.743" in words and "gần 250" in words and "nội bộ" not in words
