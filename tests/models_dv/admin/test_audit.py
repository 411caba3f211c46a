"""The audit rows in the admin: read, found, shown in words; the history of one object."""

import pytest

from models_dv.admin.changes import compared, difference, filled
from models_dv.domain.audit import record
from models_dv.models import AuditEntry
from tests.factories.world import make_province, make_user
from tests.models_dv.admin.pages import change, rows_of, text_of

LIST = "/quan-tri/models_dv/auditentry/"


@pytest.fixture
def entry(administrator):
    return record(
        actor=administrator,
        action="Sửa đơn vị",
        obj=make_province(),
        before={"ngày": "2026-02-05", "minh hoạ": True, "vai trò: Soạn thảo": {"đơn vị": "An Bình"}},
        after={"ngày": "2026-02-05T17:00:00+07:00", "minh hoạ": False},
        note="Theo công văn",
    )


def test_values_are_shown_in_words(entry):
    assert compared(entry) == [
        ("ngày", "05/02/2026", "17:00 05/02/2026"),
        ("minh hoạ", "có", "không"),
        ("vai trò: Soạn thảo · đơn vị", "An Bình", "–"),
    ]


def test_only_what_differs_is_kept():
    assert difference({"a": 1, "b": 2, "c": 3}, {"a": 1, "b": 5, "d": 4}) == (
        {"b": 2, "c": 3},
        {"b": 5, "d": 4},
    )
    assert filled({"a": "", "b": None, "c": False, "d": 0, "e": "x"}) == {"d": 0, "e": "x"}


def test_the_list_and_the_page(admin_pages, entry):
    (row,) = rows_of(admin_pages.get(LIST))
    assert row[1:] == [
        "Lê Thị Quản Trị (quan-tri)",
        "Sửa đơn vị",
        "Tỉnh uỷ An Bình",
        "ngày: 05/02/2026 → 17:00 05/02/2026; minh hoạ: có → không; vai trò: Soạn thảo · đơn vị: An Bình → –",
    ]
    words = text_of(admin_pages.get(f"{LIST}{entry.pk}/change/"))
    assert "Loại đối tượng: đơn vị" in words
    assert "ngày 05/02/2026 17:00 05/02/2026" in words
    assert "Ghi chú: Theo công văn" in words


def test_what_an_entry_says_is_escaped(admin_pages, administrator):
    evil = record(
        actor=administrator, action="Sửa", obj=administrator, after={"<b>": "<script>alert(1)</script>"}
    )
    page = admin_pages.get(f"{LIST}{evil.pk}/change/").content.decode()
    assert "<script>alert" not in page and "&lt;script&gt;alert(1)&lt;/script&gt;" in page


def test_nothing_is_changed_or_deleted(admin_pages, entry):
    path = f"{LIST}{entry.pk}/change/"
    assert admin_pages.post(path, {"note": "khác"}).status_code == 403
    assert admin_pages.post(f"{LIST}{entry.pk}/delete/", {"post": "yes"}).status_code == 403
    assert AuditEntry.objects.get().note == "Theo công văn"


def test_filters_and_search(admin_pages, administrator, entry):
    other = make_user("khac", "Người khác", is_staff=True)
    record(actor=other, action="Xoá đơn vị", obj=other)
    record(actor=None, action="Nạp dữ liệu", obj=other)

    def found(**query):
        return [row[2] for row in rows_of(admin_pages.get(LIST, query))]

    assert found() == ["Nạp dữ liệu", "Xoá đơn vị", "Sửa đơn vị"]
    assert found(nguoi=other.pk) == ["Xoá đơn vị"]
    assert found(nguoi="he-thong") == ["Nạp dữ liệu"]
    assert found(action="Sửa đơn vị") == ["Sửa đơn vị"]
    assert found(q="An Bình") == ["Sửa đơn vị"]
    assert found(q="Người khác") == ["Nạp dữ liệu", "Xoá đơn vị"]


def test_the_history_of_one_object(admin_pages, administrator):
    unit = make_province()
    path = f"/quan-tri/models_dv/unit/{unit.pk}/"
    assert "Chưa có thay đổi nào được ghi lại." in text_of(admin_pages.get(f"{path}history/"))
    change(admin_pages, f"{path}change/", {"territory_code": "42"})
    words = text_of(admin_pages.get(f"{path}history/"))
    assert "Lê Thị Quản Trị Sửa đơn vị mã địa bàn: – → 42" in words


def test_the_list_takes_as_many_queries_for_three_rows_as_for_one(
    admin_pages, administrator, entry, django_assert_num_queries, django_assert_max_num_queries
):
    with django_assert_max_num_queries(12) as one:
        admin_pages.get(LIST)
    for number in (2, 3):
        someone = make_user(f"nguoi-{number}", f"Người {number}")
        record(actor=someone, action="Sửa đơn vị", obj=administrator)
    with django_assert_num_queries(len(one.captured_queries)):
        assert len(rows_of(admin_pages.get(LIST))) == 3
