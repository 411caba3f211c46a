"""Periods in the admin."""

from datetime import date

import pytest

from models_dv.models import AuditEntry, Period
from tests.models_dv.admin.pages import change, errors_of, rows_of

LIST, ADD = "/quan-tri/models_dv/period/", "/quan-tri/models_dv/period/add/"
TYPED = {
    "kind": "half_year",
    "year": "2026",
    "number": "1",
    "window_from": "15/12/2025",
    "window_to": "05/02/2026",
}


@pytest.fixture
def period(db):
    return Period.objects.create(
        kind="annual", year=2026, number=1, window_from=date(2025, 12, 15), window_to=date(2026, 12, 14)
    )


def test_a_new_period(admin_pages):
    change(admin_pages, ADD, TYPED)
    period = Period.objects.get()
    assert (period.label, period.window_to) == ("6 tháng đầu năm 2026", date(2026, 2, 5))
    (entry,) = AuditEntry.objects.all()
    assert (entry.action, entry.after["loại kỳ"]) == ("Thêm kỳ báo cáo", "6 tháng")
    assert entry.after["số liệu đến ngày"] == "2026-02-05"


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        ({"number": "3"}, "Thứ tự của loại kỳ này phải từ 1 đến 2."),
        ({"kind": "annual", "number": "2"}, "Thứ tự của loại kỳ này phải là 1."),
        ({"kind": "thematic", "number": "0"}, "Thứ tự của loại kỳ này phải từ 1 trở lên."),
        ({"year": "26"}, "Năm phải từ 1990 đến 2100."),
        ({"window_to": "14/12/2025"}, "Ngày đầu kỳ phải trước ngày cuối kỳ."),
        ({"window_to": "5 tháng 2"}, "Nhập ngày theo thứ tự ngày/tháng/năm, ví dụ 05/02/2026"),
    ],
)
def test_what_cannot_be_saved(admin_pages, typed, sentence):
    assert errors_of(change(admin_pages, ADD, {**TYPED, **typed})) == [sentence]


def test_a_period_twice(admin_pages, period):
    answer = change(admin_pages, ADD, {**TYPED, "kind": "annual", "window_to": "14/12/2026"})
    assert errors_of(answer) == ["Kỳ này đã có."]


def test_a_row_of_the_list(admin_pages, period):
    assert rows_of(admin_pages.get(LIST)) == [["năm 2026", "Năm", "2026", "1", "15/12/2025", "14/12/2026"]]


@pytest.mark.parametrize(("typed", "found"), [("nam 2026", 1), ("2026", 1), ("6 thang", 0), ("năm 2025", 0)])
def test_a_period_is_found_by_its_words(admin_pages, period, typed, found):
    assert len(rows_of(admin_pages.get(LIST, {"q": typed}))) == found
