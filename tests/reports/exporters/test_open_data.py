"""Open data: opened again and read."""

import csv
import io
from datetime import date

import pytest

from reports.exporters.open_data import (
    FIGURE_COLUMNS,
    REPORT_COLUMNS,
    all_figures_csv,
    plain_number,
    report_list,
    safe_cell,
    version_csv,
)
from tests.factories.publications import cite, figure, make_unit

pytestmark = pytest.mark.django_db
NASTY = '=HYPERLINK("http://x")'


def read(text):
    assert text.startswith("\ufeff")
    return list(csv.reader(io.StringIO(text.removeprefix("\ufeff"), newline="")))


@pytest.mark.parametrize(
    ("text", "cell"),
    [
        ("=1+1", "'=1+1"),
        ("+1", "'+1"),
        ("-1", "'-1"),
        ("@x", "'@x"),
        ("\tx", "'\tx"),
        ("\rx", "'\rx"),
        ("xã", "xã"),
    ],
)
def test_a_cell_never_begins_a_formula(text, cell):
    assert safe_cell(text) == cell


def test_numbers_are_plain():
    unit = make_unit("ha-tinh", "Hà Tĩnh")
    version = cite(unit, figures=[figure(value=1743), figure(code="G", value=6.5)]).current
    assert [plain_number(f.value) for f in version.figures.all()] == ["1743", "6.5"]
    assert plain_number(None) == ""


def test_figures_of_one_version():
    unit = make_unit("ha-tinh", "Hà Tĩnh")
    figures = [
        figure(
            value=250,
            qualifier="gan",
            same_period_value=240,
            same_period_note="+100 + 140: A, B",
            note="theo báo, có dấu phẩy",
        ),
        figure(code="=K", name=NASTY, unit_name="@m", value=None, note="+x"),
    ]
    assert read(version_csv(cite(unit, figures=figures).current)) == [
        list(FIGURE_COLUMNS),
        [
            "K0",
            "Mô hình “Dân vận khéo”",
            "mô hình",
            "gần",
            "250",
            "240",
            "'+100 + 140: A, B",
            "theo báo, có dấu phẩy",
        ],
        ["'=K", f"'{NASTY}", "'@m", "", "", "", "", "'+x"],
    ]


def test_every_published_figure():
    illustrative = make_unit("an-binh", "An Bình", illustrative=True)
    cite(make_unit("ha-tinh", "Hà Tĩnh"), 2022, figures=[figure(value=10)])
    cite(illustrative, 2023, figures=[figure(value=6.5)])
    header, *rows = read("".join(all_figures_csv()))
    assert header == [*REPORT_COLUMNS, *FIGURE_COLUMNS]
    assert [",".join(row) for row in rows] == [
        "an-binh-2023,an-binh,Tỉnh uỷ An Bình,annual,2023,năm 2023,1,Tư liệu tổng hợp từ báo chí,có,"
        "K0,Mô hình “Dân vận khéo”,mô hình,,6.5,,,",
        "ha-tinh-2022,ha-tinh,Tỉnh uỷ Hà Tĩnh,annual,2022,năm 2022,1,Tư liệu tổng hợp từ báo chí,không,"
        "K0,Mô hình “Dân vận khéo”,mô hình,,10,,,",
    ]


def test_reports_as_plain_values():
    source = {"published_on": date(2021, 12, 2), "inferred": ["Kỳ báo cáo"], "note": "nội bộ"}
    cite(make_unit("ha-tinh", "Hà Tĩnh"), source=source)
    assert report_list() == [
        {
            "dia_chi": "/bao-cao/ha-tinh-2023/",
            "tieu_de": "Công tác dân vận năm 2023",
            "loi_dan": "Lời dẫn của báo cáo.",
            "don_vi": {
                "ma": "ha-tinh",
                "ten_khi_bao_cao": "Tỉnh uỷ Hà Tĩnh",
                "co_quan": "Ban Dân vận Tỉnh uỷ Hà Tĩnh",
                "cap_tren_khi_bao_cao": "",
            },
            "ky": {"loai": "annual", "nam": 2023, "thu_tu": 1, "ten": "năm 2023"},
            "loai_bao_cao": "Báo cáo tổng kết",
            "lan": 1,
            "cong_bo": "2026-03-05",
            "cap_nhat": "2026-03-05",
            "nguon": "Tư liệu tổng hợp từ báo chí",
            "minh_hoa": False,
            "trich_dan": {
                "noi_dang": "Baohatinh.vn",
                "tac_gia": None,
                "ngay_dang": "2021-12-02",
                "suy_luan": ["Kỳ báo cáo"],
            },
        }
    ]
