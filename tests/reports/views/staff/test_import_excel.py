"""Figures in Excel: the template there and back, a unit's own sheet, errors by row and column."""

from io import BytesIO

import pytest
from django.urls import reverse
from openpyxl import Workbook, load_workbook

from reports.enums import AttachmentPurpose, ValueState
from reports.models import Figure, ReportAttachment, ReportImport
from tests.models_dv.domain.uploaded import brought
from tests.reports.importers.test_report_word import FILES
from tests.reports.views.staff.test_import_word import fields, save

pytestmark = pytest.mark.django_db


@pytest.fixture
def author(client, world):
    client.force_login(world.author)
    return client


def template(client, report):
    """(name, workbook, row of each code) of the template."""
    answer = client.get(reverse("staff:figures_template", args=[report.pk]))
    book = load_workbook(BytesIO(answer.getvalue()))
    sheet = book["Số liệu"]
    rows = {sheet.cell(row, 1).value: row for row in range(1, sheet.max_row + 1)}
    return answer["Content-Disposition"], book, rows


def filled(client, report, **values) -> bytes:
    """The template with values (or value, note) in its cells, by code."""
    _name, book, rows = template(client, report)
    for code, value in values.items():
        value, note = value if isinstance(value, tuple) else (value, None)
        book["Số liệu"].cell(rows[code], 5).value = value
        if note:
            book["Số liệu"].cell(rows[code], 6).value = note
    target = BytesIO()
    book.save(target)
    return target.getvalue()


def upload(client, report, data: bytes):
    url = reverse("staff:import_excel_figures", args=[report.pk])
    return client.post(url, {"file": brought(data, "so lieu.xlsx")})


def looked_at(client, report, data: bytes):
    answer = upload(client, report, data)
    assert answer.status_code == 302, answer.content.decode()
    return answer.url, client.get(answer.url)


def shown(page) -> dict[str, tuple[str, str, bool]]:
    """(old, new, ticked) by code."""
    [table] = page.context["figures"].tables
    return {row.indicator.code: (row.old, row.new, row.chosen) for row in table.rows if row.indicator}


def test_the_template_is_this_reports(author, world):
    world.enter(K4=("gan", 20), A1=3, B6="none", C2=("no_data", "chờ số"))
    name, book, rows = template(author, world.report())
    sheet = book["Số liệu"]
    assert 'filename="so-lieu-6-thang-dau-nam-2026-xa-phu-lam.xlsx"' in name
    assert [sheet.cell(row, 1).value for row in range(1, 5)] == [
        "SỐ LIỆU BÁO CÁO 6 THÁNG ĐẦU NĂM 2026",
        "Đảng uỷ xã Phú Lâm",
        "Số liệu từ 15/12/2025 – 14/06/2026",
        f"Mã mẫu: half_year-2026-1 xa-1 v{world.round.outline_version_id}",
    ]
    cells = {code: sheet.cell(rows[code], 5) for code in ("K4", "A1", "B6", "C2", "A2", "A5")}
    assert {code: cell.value for code, cell in cells.items()} == {
        "K4": "gần 20",
        "A1": 3,
        "B6": "Không phát sinh",
        "C2": "Chưa có số liệu",
        "A2": None,
        "A5": "tự tính",
    }
    helps = {
        str(help.sqref): (help.promptTitle, help.prompt) for help in sheet.data_validations.dataValidation
    }
    assert helps[cells["K4"].coordinate] == ("K4", world.indicator("K4").definition)
    assert len(helps) == 93
    assert {code: cell.protection.locked for code, cell in cells.items()} == {
        "K4": False,
        "A1": False,
        "B6": False,
        "C2": False,
        "A2": False,
        "A5": True,
    }
    assert sheet.protection.sheet
    assert sheet.cell(rows["C2"], 6).value == "chờ số"
    assert sheet.column_dimensions["G"].hidden


def test_there_and_back_without_a_change(author, world):
    world.enter(K4=("gan", 20), A1=3, C2=("no_data", "chờ số"))
    _url, page = looked_at(author, world.report(), filled(author, world.report()))
    assert shown(page) == {}
    assert page.context["figures"].tables[0].same == 3


def test_filled_in_and_saved(author, world):
    world.enter(K4=20)
    data = filled(
        author,
        world.report(),
        K4="gần 25",
        A1=12,
        G1="6,5 tỷ",
        A2=("không phát sinh", None),
        C2=("chưa có số liệu", "chờ Công an"),
        A4=6.5,
        C3=-1,
    )
    url, page = looked_at(author, world.report(), data)
    assert shown(page) == {
        "A1": ("", "12", True),
        "A2": ("", "Không phát sinh", True),
        "A4": ("", "", False),
        "C2": ("", "Chưa có số liệu", True),
        "C3": ("", "", False),
        "G1": ("", "6.500", True),
        "K4": ("20", "gần 25", True),
    }
    html = page.content.decode()
    assert "cột Số liệu: Giá trị phải từ 0 trở lên. Có phải 1?" in html
    assert "2 dòng lỗi không nhập được." in html
    assert save(author, url, page).status_code == 302
    rows = {figure.indicator.code: figure for figure in Figure.objects.select_related("indicator")}
    assert {code: row.value for code, row in rows.items()} == {
        "A1": 12,
        "A2": 0,
        "C2": None,
        "G1": 6500,
        "K4": 25,
    }
    assert (rows["C2"].value_state, rows["C2"].note) == (ValueState.NO_DATA, "chờ Công an")
    assert ReportAttachment.objects.get().purpose == AttachmentPurpose.IMPORTED_EXCEL


def test_before_saving_the_page_says_how_many_rows_are_taken_and_what_each_is(author, world):
    world.enter(C2=40, A1=3, E2=120)
    _url, page = looked_at(author, world.report(), filled(author, world.report(), C2=400, A1=4, E2=12, C3=-1))
    html = page.content.decode()
    assert "Nhập <b>3</b> dòng, bỏ qua <b>1</b> dòng" in html
    [table] = page.context["figures"].tables
    assert {row.indicator.code: row.warning for row in table.rows if row.entry} == {
        "A1": "",
        "C2": "Gấp 10 lần số đang có. Kiểm tra xem có thừa chữ số không",
        "E2": "Số đang có gấp 10 lần số này. Kiểm tra xem có thiếu chữ số không",
    }
    assert "Gấp 10 lần số đang có." in html
    indicator = world.indicator("C2")
    assert f'C2. {indicator.name} <span class="muted">({indicator.unit_name})</span>' in html


def test_a_preview_that_is_gone_says_so_and_leads_back(author, world):
    url, _page = looked_at(author, world.report(), filled(author, world.report(), A1=12))
    ReportImport.objects.all().delete()
    answer = author.get(url)
    html = answer.content.decode()
    assert answer.status_code == 404
    assert "Bản xem trước không còn. Tải tệp lên lại." in html
    assert f'href="{reverse("staff:import_excel_figures", args=[world.report().pk])}"' in html


def test_only_what_is_ticked_is_saved(author, world):
    url, page = looked_at(author, world.report(), filled(author, world.report(), A1=12, K4=25))
    ticked = fields(page)["chon"]
    assert len(ticked) == 2
    save(author, url, page, chon=ticked[:1])
    assert list(Figure.objects.values_list("indicator__code", flat=True)) == ["A1"]


def test_the_template_of_another_period_or_unit(author, world):
    data = filled(author, world.report(), A1=12)
    book = load_workbook(BytesIO(data))
    for stamp in ("half_year-2025-1 xa-1 v1", "half_year-2026-1 xa-2 v1"):
        book["Số liệu"]["A4"].value = f"Mã mẫu: {stamp}"
        target = BytesIO()
        book.save(target)
        answer = upload(author, world.report(), target.getvalue())
        assert answer.status_code == 422
        assert "Tệp không đúng mẫu kỳ 6 tháng đầu năm 2026. Tải mẫu mới" in answer.content.decode()


def test_somebody_else_entered_it_meanwhile(author, world):
    url, page = looked_at(author, world.report(), filled(author, world.report(), K4=25))
    sent = fields(page)
    world.enter(K4=30)
    answer = author.post(url, sent | {"viec": "luu"})
    assert answer.status_code == 409
    assert shown(answer) == {"K4": ("30", "25", True)}
    assert Figure.objects.get().value == 30


def test_a_sheet_of_the_units_own(author, world):
    url, page = looked_at(author, world.report(), (FILES / "so-lieu-xa.xlsx").read_bytes())
    html = page.content.decode()
    assert "1 dòng không khớp chỉ tiêu nào, không nhập" in html
    [table] = page.context["figures"].tables
    asked = {row.name: row for row in table.rows if row.is_asked}
    dialogues = "Số cuộc đối thoại của người đứng đầu với Nhân dân"
    meant = {"Số mô hình": "K3a", "Mô hình tiêu biểu": "K4", dialogues: "C8"}
    assert {name: (row.indicator, row.chosen) for name, row in asked.items()} == dict.fromkeys(
        meant, (None, False)
    )
    chosen = {f"chi_tieu_{row.key}": meant[name] for name, row in asked.items()}
    page = save(author, url, page, **chosen)
    html = page.content.decode()
    assert "Đã đọc lại theo lựa chọn mới, chưa nhập gì." in html
    assert "Công thức của ô báo lỗi #DIV/0!" in html
    assert save(author, url, page).status_code == 302
    values = dict(Figure.objects.values_list("indicator__code", "value"))
    assert values == {"A1": 12, "C2": 41, "K3a": 43, "K4": 25, "B5": 0, "G1": 6500, "G3": None}


def test_a_column_must_be_chosen_where_it_is_not_clear(author, world):
    book = Workbook()
    for row in (("Nội dung", "Quý I", "Quý II"), ("Lượt tiếp công dân", 1, 2), ("Vụ hoà giải", 3, 4)):
        book.active.append(row)
    target = BytesIO()
    book.save(target)
    url, page = looked_at(author, world.report(), target.getvalue())
    assert "Chưa rõ cột nào là số liệu của kỳ này." in page.content.decode()
    page = save(author, url, page, cot_0="2")
    assert shown(page) == {"C2": ("", "2", True), "E6": ("", "4", True)}
    assert Figure.objects.count() == 0
    assert save(author, url, page).status_code == 302
    assert dict(Figure.objects.values_list("indicator__code", "value")) == {"C2": 2, "E6": 4}


def test_another_year_is_pointed_out(author, world):
    book = Workbook()
    for row in (("BIỂU SỐ LIỆU NĂM 2024",), ("Mã", "Số liệu"), ("A1", 1), ("K4", 2)):
        book.active.append(row)
    target = BytesIO()
    book.save(target)
    _url, page = looked_at(author, world.report(), target.getvalue())
    assert "Tệp ghi năm 2024, báo cáo này là 6 tháng đầu năm 2026. Kiểm tra lại tệp." in page.content.decode()


def test_no_figures_in_the_file(author, world):
    book = Workbook()
    book.active.append(("Họ tên", "Tuổi"))
    target = BytesIO()
    book.save(target)
    answer = upload(author, world.report(), target.getvalue())
    assert answer.status_code == 422
    assert "Không tìm thấy bảng số liệu nào" in answer.content.decode()
    assert not ReportImport.objects.exists()


def test_a_formula_in_words_is_only_words(author, world):
    world.enter(K4=3)
    Figure.objects.update(note="=HYPERLINK(1)")
    _name, book, rows = template(author, world.report())
    assert book["Số liệu"].cell(rows["K4"], 6).data_type == "s"
