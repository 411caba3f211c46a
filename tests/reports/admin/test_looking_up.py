"""Reports, editions, publications and numbers in the admin: found and read, never the text of a draft."""

import pytest

from models_dv.models import AuditEntry, Unit
from reports.models import NumberSeries
from tests.factories.publications import cite
from tests.models_dv.admin.pages import change, errors_of, rows_of, text_of

REPORTS, EDITIONS = "/quan-tri/reports/report/", "/quan-tri/reports/reportedition/"
NUMBERS, SERIES = "/quan-tri/reports/documentnumber/", "/quan-tri/reports/numberseries/"


def test_reports_stand_with_their_state(admin_pages, world):
    world.issued(number=5)
    rows = rows_of(admin_pages.get(REPORTS, {"q": "phu lam"}))
    assert [row[:4] for row in rows] == [
        ["Đảng uỷ xã Phú Lâm", "Báo cáo 6 tháng đầu năm 2026", "Cấp xã", "Đã gửi, chờ tiếp nhận"]
    ]
    words = text_of(admin_pages.get(f"{REPORTS}{world.report().pk}/change/"))
    assert "05-BC/ĐU" in words and "Nguyễn Văn Mẫu" in words


def test_an_edition_stands_with_its_steps(admin_pages, world):
    world.issued(number=5)
    words = text_of(admin_pages.get(f"{EDITIONS}{world.edition().pk}/change/"))
    assert "Duyệt Duyệt xa-1 Đã duyệt, chờ phát hành" in words
    assert world.edition().pdf_sha256 in words


def test_the_text_of_a_draft_is_not_shown(admin_pages, world):
    world.write(text="chuyện riêng của xã", K4=("no_data", "lý do riêng"))
    edition = world.edition()
    for path in (
        f"{REPORTS}{edition.report_id}/change/",
        f"{EDITIONS}{edition.pk}/change/",
        EDITIONS,
        REPORTS,
    ):
        page = admin_pages.get(path).content.decode()
        assert "chuyện riêng" not in page and "lý do riêng" not in page


@pytest.mark.parametrize("path", [REPORTS, EDITIONS])
def test_nothing_is_changed_or_deleted(admin_pages, world, path):
    pk = world.report().pk if path == REPORTS else world.edition().pk
    assert admin_pages.post(f"{path}{pk}/change/", {"state": "accepted"}).status_code == 403
    assert admin_pages.post(f"{path}{pk}/delete/", {"post": "yes"}).status_code == 403
    assert admin_pages.get(f"{path}add/").status_code == 403


def test_the_list_of_reports_takes_as_many_queries_for_three_rows_as_for_one(
    admin_pages, world, django_assert_num_queries, django_assert_max_num_queries
):
    with django_assert_max_num_queries(12) as one:
        assert len(rows_of(admin_pages.get(REPORTS, {"level": "province"}))) == 1
    with django_assert_num_queries(len(one.captured_queries)):
        assert len(rows_of(admin_pages.get(REPORTS, {"level": "commune"}))) == 3


def test_publications_stand_with_address_and_versions(admin_pages, world):
    publication = cite(world.province)
    path = f"/quan-tri/reports/publication/{publication.pk}/change/"
    words = text_of(admin_pages.get(path))
    assert publication.slug in words and "Xem trang công khai" in words
    assert admin_pages.post(path, {"slug": "khac"}).status_code == 403


def test_numbers_used_are_looked_up(admin_pages, world):
    world.issued(number=5)
    (row,) = rows_of(admin_pages.get(NUMBERS, {"q": "phu lam"}))
    assert row[:3] == ["05-BC/ĐU", "Đảng uỷ xã Phú Lâm", "2025 - 2030"]
    assert [row[0] for row in rows_of(admin_pages.get(NUMBERS, {"q": "5"}))] == ["05-BC/ĐU"]
    assert rows_of(admin_pages.get(NUMBERS, {"q": "binh yen"})) == []


def test_a_series_starts_where_the_paper_register_stood(admin_pages, world):
    world.issued(number=5)
    Unit.objects.filter(pk=world.communes[0].pk).update(portal_numbers=True)
    AuditEntry.objects.all().delete()
    term = world.communes[0].terms.get()
    answer = change(admin_pages, f"{SERIES}add/", {"term": term.pk, "last_number": "4"})
    assert errors_of(answer) == ["Đã dùng đến số 5. Nhập từ 5 trở lên."]
    change(admin_pages, f"{SERIES}add/", {"term": term.pk, "last_number": "50"})
    series = NumberSeries.objects.get()
    assert (series.term, series.last_number) == (term, 50)
    change(admin_pages, f"{SERIES}{series.pk}/change/", {"last_number": "51"})
    rows = list(AuditEntry.objects.order_by("pk").values_list("action", "after"))
    assert rows[1] == ("Sửa dãy số văn bản", {"số đã cấp gần nhất": 51})
    assert admin_pages.post(f"{SERIES}{series.pk}/delete/", {"post": "yes"}).status_code == 403


def test_a_series_is_offered_only_where_the_portal_keeps_it(admin_pages, world):
    term = world.communes[0].terms.get()
    answer = change(admin_pages, f"{SERIES}add/", {"term": term.pk, "last_number": "50"})
    assert errors_of(answer) == ["Mục đã chọn không có trong danh sách. Chọn lại"]


@pytest.mark.parametrize("words", ["9" * 30, "zz", "%"])
@pytest.mark.parametrize("path", [REPORTS, EDITIONS, NUMBERS, "/quan-tri/reports/reportinground/"])
def test_words_typed_by_hand_do_no_harm(admin_pages, path, words):
    answer = admin_pages.get(path, {"q": words}, follow=True)
    assert (answer.status_code, rows_of(answer)) == (200, [])
