"""The template, and the file of rows that were not taken: both go back into the import."""

import re
import zipfile
from io import BytesIO

import pytest
from python_calamine import CalamineWorkbook

from models_dv import clock
from models_dv.domain.sheets import sheet_kind, sheet_kinds
from models_dv.exporters.import_files import error_file, template
from models_dv.importers import batches
from models_dv.importers.sheets import check_row
from models_dv.importers.workbook import open_sheet
from tests.factories.world import make_world
from tests.models_dv.importers.workbooks import GOOD, HEADERS, models, upload, xlsx


def part(content: bytes, name: str) -> str:
    with zipfile.ZipFile(BytesIO(content)) as archive:
        return archive.read(name).decode()


@pytest.mark.parametrize("kind", sheet_kinds(), ids=lambda kind: kind.name)
def test_every_template_is_read_back_with_all_its_columns_and_no_row(kind):
    with template(kind) as file:
        sheet = open_sheet(file, kind)
    assert None not in sheet.places
    assert list(sheet.rows()) == []
    assert sheet.unused == ()


@pytest.mark.parametrize("kind", sheet_kinds(), ids=lambda kind: kind.name)
def test_the_sample_row_of_every_template_is_right(kind):
    """With its mark taken away it would be saved."""
    examples = [column.example for column in kind.columns]
    row, _values = check_row(kind, 2, examples)
    assert row.problems == []


def test_the_template_offers_choices_explains_and_marks_what_is_required():
    with template(sheet_kind("dan-van-kheo")) as file:
        content = file.read()
        names = CalamineWorkbook.from_filelike(BytesIO(content)).sheet_names
    assert names == ["Dữ liệu", "Hướng dẫn"]
    sheet = part(content, "xl/worksheets/sheet1.xml")
    assert sheet.count("<dataValidation ") == 7
    assert '"Kinh tế,Văn hoá – xã hội,Quốc phòng – an ninh,Xây dựng hệ thống chính trị"' in sheet.replace(
        "&quot;", '"'
    )
    rows = CalamineWorkbook.from_filelike(BytesIO(content)).get_sheet_by_index(0).to_python()
    assert rows[0][:3] == ["STT", "Tên mô hình, điển hình *", "Đơn vị"]
    assert rows[1][0] == "Ví dụ"


@pytest.mark.django_db
def test_wrong_rows_come_back_coloured_with_what_to_mend_and_can_be_brought_again():
    world, kind = make_world(), sheet_kind("dan-van-kheo")
    rows = [
        *models(2),
        ("=1+1", "Mô hình", "Tập thể", "Nông nghiệp", "Cấp xã", 26, ""),
        ("Mô hình 1", *GOOD[1:]),
    ]
    content = xlsx([(*row, "ghi chú riêng") for row in rows], (*HEADERS, "Ghi chú"))
    batch = batches.take_in(upload(content), kind=kind, unit=world.communes[0], actor=world.author, key="k")
    headers, left_out = batches.rows_left_out(batch)
    with error_file(kind, headers, left_out) as file:
        content = file.read()
    found = CalamineWorkbook.from_filelike(BytesIO(content)).get_sheet_by_index(0).to_python()
    assert found[0] == ["Dòng", "Tên mô hình, điển hình", *HEADERS[1:], "Ghi chú", "Lỗi"]
    assert [row[0] for row in found[1:]] == [4.0, 5.0]
    assert found[1][1:9] == ["=1+1", "Mô hình", "Tập thể", "Nông nghiệp", "Cấp xã", 26.0, "", "ghi chú riêng"]
    assert found[1][9].splitlines() == [
        "Cột Lĩnh vực: “Nông nghiệp” không có trong danh sách. Chọn một trong: Kinh tế; Văn hoá – xã hội; "
        "Quốc phòng – an ninh; Xây dựng hệ thống chính trị",
        f"Cột Năm đăng ký: Chỉ nhập năm đủ bốn chữ số. Ví dụ {clock.today().year}",
        "Cột Địa chỉ cụ thể: Chưa nhập địa chỉ cụ thể. Ví dụ: Thôn Đông, xã Phú Lâm",
    ]
    assert found[2][9] == "Trùng với dòng 2 của tệp. Xoá một trong hai dòng"
    assert "<f>" not in part(content, "xl/worksheets/sheet1.xml")
    assert len(re.findall("<comment ", part(content, "xl/comments1.xml"))) == 3
    again = batches.take_in(
        upload(content), kind=kind, unit=world.communes[0], actor=world.author, key="again"
    )
    assert (again.valid, again.wrong, again.unused) == (1, 1, ["Ghi chú"])
