"""Finding a unit, and its page."""

from datetime import date

import pytest

from models_dv.enums import SuccessionKind, UnitLevel
from models_dv.models import UnitSuccession
from tests.factories.publications import MERGED_ON, cite, figure, make_unit, merge, name_unit

pytestmark = pytest.mark.django_db
MOST_QUERIES_OF_A_LIST = 6
MOST_QUERIES_OF_A_PAGE = 8


@pytest.fixture(autouse=True)
def country():
    nam_dinh, ninh_binh = make_unit("nam-dinh", "Nam Định"), make_unit("ninh-binh", "Ninh Bình")
    ninh_binh.versions.update(valid_from=MERGED_ON)
    make_unit("giao-minh", "Giao Minh", level=UnitLevel.COMMUNE, parent=ninh_binh)
    cite(nam_dinh, 2020, title="Báo cáo của Nam Định")
    merge(nam_dinh, into=ninh_binh)
    return {"nam_dinh": nam_dinh, "ninh_binh": ninh_binh}


def page(client, path, status=200):
    response = client.get(path)
    assert response.status_code == status
    return " ".join(response.content.decode().split())


# --- finding ------------------------------------------------------------------------------------------


def test_provinces_of_today_and_old_units_with_reports(client):
    shown = page(client, "/don-vi/")
    today, _line, old = shown.partition("Đơn vị cũ còn báo cáo đã công bố")
    assert "1 đơn vị" in today and "Tỉnh uỷ Nam Định</a>" not in today
    assert '<a href="?thuoc=ninh-binh">Tỉnh uỷ Ninh Bình</a>' in today
    assert "Tỉnh uỷ Nam Định" in old and "1 báo cáo đã công bố" in old
    assert '<li>nay là <a href="/don-vi/ninh-binh/">Tỉnh uỷ Ninh Bình</a></li>' in old


def test_a_former_name_is_found_without_accents_and_leads_to_what_it_became(client):
    shown = page(client, "/don-vi/?q=nam+dinh")
    assert '<a href="/don-vi/nam-dinh/">Tỉnh uỷ Nam Định</a>' in shown and 'value="nam dinh"' in shown
    assert "<li>đến 30/06/2025</li>" in shown
    assert '<li>nay là <a href="/don-vi/ninh-binh/">Tỉnh uỷ Ninh Bình</a></li>' in shown


def test_a_unit_of_today_names_what_it_came_from(client):
    shown = page(client, "/don-vi/?q=ninh+binh")
    assert 'Hình thành từ: <a href="/don-vi/nam-dinh/">Tỉnh uỷ Nam Định</a>' in shown


def test_results_stand_under_their_province_with_their_level(client):
    shown = page(client, "/don-vi/?q=giao+minh")
    assert '<h2 class="group-head">Tỉnh uỷ Ninh Bình</h2>' in shown and "<li>Cấp xã</li>" in shown


def test_nothing_found(client):
    assert "Không có đơn vị nào có tên “zzz”" in page(client, "/don-vi/?q=zzz")


def test_units_below_one(client):
    shown = page(client, "/don-vi/?thuoc=ninh-binh")
    assert "Đơn vị trực thuộc Tỉnh uỷ Ninh Bình" in shown
    assert '<a href="/don-vi/giao-minh/">Đảng uỷ xã Giao Minh</a>' in shown
    assert "1 đơn vị" in page(client, "/don-vi/?thuoc=khong-co")


def queries_of(client, path, assert_most, most):
    with assert_most(most) as asked:
        page(client, path)
    return len(asked)


@pytest.mark.parametrize("path", ["/don-vi/", "/don-vi/?thuoc=ninh-binh", "/don-vi/?q=giao"])
def test_lists_take_few_queries_with_one_row_and_with_three(
    client, country, path, django_assert_max_num_queries
):
    one = queries_of(client, path, django_assert_max_num_queries, MOST_QUERIES_OF_A_LIST)
    for number in range(2):
        make_unit(f"tinh-{number}", f"Tỉnh {number}")
        new = make_unit(
            f"moi-{number}", f"Giao Mới {number}", level=UnitLevel.COMMUNE, parent=country["ninh_binh"]
        )
        old = make_unit(
            f"cu-{number}", f"Giao Cũ {number}", level=UnitLevel.COMMUNE, parent=country["nam_dinh"]
        )
        merge(old, into=new)
        cite(old, 2021)
    assert queries_of(client, path, django_assert_max_num_queries, MOST_QUERIES_OF_A_LIST) == one


# --- the page of a unit -------------------------------------------------------------------------------


def test_an_ended_unit_says_what_it_became(client):
    shown = page(client, "/don-vi/nam-dinh/")
    assert "<h1>Tỉnh uỷ Nam Định</h1>" in shown and "Hoạt động đến 30/06/2025" in shown
    assert '<p class="lead">Nay là <a href="/don-vi/ninh-binh/">Tỉnh uỷ Ninh Bình</a>.</p>' in shown
    assert "<h3>Năm 2020</h3>" in shown and "Báo cáo của Nam Định" in shown
    assert 'Sáp nhập vào</b> <a href="/don-vi/ninh-binh/">Tỉnh uỷ Ninh Bình</a>' in shown
    assert "Căn cứ: Nghị quyết số 202" in shown


def test_a_unit_without_reports_says_so(client):
    assert "Chưa có báo cáo nào được công bố" in page(client, "/don-vi/giao-minh/")


def test_a_unit_shows_what_went_on_in_it_under_the_names_of_their_day(client):
    shown = page(client, "/don-vi/ninh-binh/")
    assert "Báo cáo của Nam Định" in shown and "Tỉnh uỷ Nam Định</b>" in shown
    assert "1 đơn vị trực thuộc</h2>" in shown and "Đảng uỷ xã Giao Minh" in shown
    assert 'Hình thành từ: <a href="/don-vi/nam-dinh/">Tỉnh uỷ Nam Định</a>.' in shown
    assert "Thành lập: <b>Tỉnh uỷ Ninh Bình</b>" in shown
    for asked in ("ninh-binh", "nam-dinh", "Tỉnh uỷ Nam Định", "ninh bình"):
        assert "Báo cáo của Nam Định" in client.get("/bao-cao/", {"don_vi": asked}).content.decode()


def test_the_name_of_a_day(client, country):
    name_unit(country["ninh_binh"], "Hoa Lư", valid_from=date(2026, 1, 1))
    assert "<h1>Tỉnh uỷ Hoa Lư</h1>" in page(client, "/don-vi/ninh-binh/")
    then = page(client, "/don-vi/ninh-binh/?ngay=31/12/2025")
    assert "<h1>Tỉnh uỷ Ninh Bình</h1>" in then and "của ngày 31/12/2025." in then
    assert 'value="31/12/2025"' in then and '<meta name="robots" content="noindex">' in then
    assert "1 đơn vị trực thuộc ngày 31/12/2025" in then
    before = page(client, "/don-vi/ninh-binh/?ngay=1.1.2020")
    assert "Ngày 01/01/2020 chưa có dữ liệu của đơn vị" in before
    old = '<a href="/don-vi/nam-dinh/?ngay=01/01/2020">Tỉnh uỷ Nam Định</a>'
    assert f"Trước ngày thành lập, xem trang của đơn vị cũ: {old}." in before


@pytest.mark.parametrize("typed", ["32/01/2025", "hôm qua", "01/01/25", "<b>", "0" * 500])
def test_a_day_that_is_none_is_said_and_today_is_shown(client, typed):
    response = client.get("/don-vi/ninh-binh/", {"ngay": typed})
    shown = response.content.decode()
    assert (response.status_code, shown.count('id="day-error"')) == (200, 1)
    assert "<h1>Tỉnh uỷ Ninh Bình</h1>" in shown and 'aria-invalid="true"' in shown


def test_units_below_are_paged(client, country):
    for number in range(60):
        make_unit(f"xa-{number}", f"Số {number}", level=UnitLevel.COMMUNE, parent=country["ninh_binh"])
    assert "61 đơn vị trực thuộc" in page(client, "/don-vi/ninh-binh/")
    assert page(client, "/don-vi/ninh-binh/?trang=2").count("Đảng uỷ xã") == 1


def test_a_page_takes_few_queries_with_one_row_and_with_three(client, country, django_assert_max_num_queries):
    paths = [
        "/don-vi/ninh-binh/",
        "/don-vi/nam-dinh/",
        "/don-vi/giao-minh/",
        "/don-vi/ninh-binh/?ngay=1/1/2020",
    ]
    before = [
        queries_of(client, path, django_assert_max_num_queries, MOST_QUERIES_OF_A_PAGE) for path in paths
    ]
    for number in range(2):
        old = make_unit(f"cu-{number}", f"Cũ {number}")
        merge(old, into=country["ninh_binh"])
        make_unit(f"xa-{number}", f"Số {number}", level=UnitLevel.COMMUNE, parent=country["ninh_binh"])
        for unit in (old, country["nam_dinh"], country["ninh_binh"]):
            cite(unit, 2021 + number, figures=[figure(value=number + 1)])
    after = [
        queries_of(client, path, django_assert_max_num_queries, MOST_QUERIES_OF_A_PAGE) for path in paths
    ]
    assert after == before


def test_an_illustrative_unit_is_marked(client):
    unit = make_unit("an-binh", "An Bình", illustrative=True)
    assert "Trang mẫu – dữ liệu minh hoạ" in page(client, "/don-vi/an-binh/")
    assert "Dữ liệu minh hoạ" in page(client, "/don-vi/")
    name_unit(unit, "An Bình Mới", valid_from=unit.versions.get().valid_from.replace(year=2024))
    assert "Tên cũ: Tỉnh uỷ An Bình" in page(client, "/don-vi/?q=an+binh")


@pytest.mark.parametrize("code", ["khong-co", "%00", "a" * 500, "%F0%9F%98%80"])
def test_an_unknown_unit(client, code):
    page(client, f"/don-vi/{code}/", status=404)


# --- figures over the years ---------------------------------------------------------------------------


def cite_value(unit, year, value):
    return cite(unit, year, figures=[figure(value=value, is_key=True)])


def test_a_figure_over_the_years_goes_on_over_what_the_unit_came_from(client, country):
    old = make_unit("ha-nam", "Hà Nam")
    merge(old, into=country["ninh_binh"])
    for unit, value in ((old, 4), (country["nam_dinh"], 6)):
        cite_value(unit, 2023, value)
        cite_value(unit, 2024, value + 1)
    cite_value(country["ninh_binh"], 2025, 15)
    shown = page(client, "/don-vi/ninh-binh/")
    assert "Mô hình “Dân vận khéo”, năm 2023–2025 (mô hình)" in shown
    assert "Tăng 5 (50%) từ 2023 đến 2025." in shown
    assert "<text" in shown and "Sắp xếp lại 01/07/2025</text>" in shown
    assert "6 + 4: Nam Định, Hà Nam" in shown and "style=" not in shown


def test_what_was_split_is_not_joined(client, country):
    other = make_unit("khac", "Khác")
    UnitSuccession.objects.create(
        predecessor=country["nam_dinh"], successor=other, kind=SuccessionKind.SPLIT, on=MERGED_ON
    )
    cite_value(country["nam_dinh"], 2023, 6)
    cite_value(country["ninh_binh"], 2025, 15)
    shown = page(client, "/don-vi/ninh-binh/")
    assert "<path" not in shown.partition("<aside")[0].partition('class="plot"')[2]
    assert "không so sánh được<br>" in shown
    assert "Nam Định được chia cho nhiều đơn vị ngày 01/07/2025" in shown
