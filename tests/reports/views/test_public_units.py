"""Finding a unit, and its page."""

import pytest

from models_dv.enums import UnitLevel
from tests.factories.publications import cite, make_unit, merge, name_unit

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def country():
    nam_dinh, ninh_binh = make_unit("nam-dinh", "Nam Định"), make_unit("ninh-binh", "Ninh Bình")
    make_unit("giao-minh", "Giao Minh", level=UnitLevel.COMMUNE, parent=ninh_binh)
    cite(nam_dinh, 2020, title="Báo cáo của Nam Định")
    merge(nam_dinh, into=ninh_binh)


def page(client, path, status=200):
    response = client.get(path)
    assert response.status_code == status
    return " ".join(response.content.decode().split())


def test_provinces_of_today_and_old_units_with_reports(client):
    shown = page(client, "/don-vi/")
    today, _line, old = shown.partition("Đơn vị cũ còn báo cáo đã công bố")
    assert "1 đơn vị" in today and "Tỉnh uỷ Ninh Bình" in today and "Nam Định</a>" not in today
    assert (
        "Tỉnh uỷ Nam Định" in old and "nay thuộc Tỉnh uỷ Ninh Bình" in old and "1 báo cáo đã công bố" in old
    )


def test_a_former_name_is_found_without_accents(client):
    shown = page(client, "/don-vi/?q=nam+dinh")
    assert '<a href="/don-vi/nam-dinh/">Tỉnh uỷ Nam Định</a>' in shown and 'value="nam dinh"' in shown


def test_results_stand_under_their_province_with_their_level(client):
    shown = page(client, "/don-vi/?q=giao+minh")
    assert '<h2 class="group-head">Tỉnh uỷ Ninh Bình</h2>' in shown and "<li>Cấp xã</li>" in shown


def test_nothing_found(client):
    assert "Không có đơn vị nào có tên “zzz”" in page(client, "/don-vi/?q=zzz")


def test_units_below_one(client):
    shown = page(client, "/don-vi/?thuoc=ninh-binh")
    assert "Đơn vị trực thuộc Tỉnh uỷ Ninh Bình" in shown and "Đảng uỷ xã Giao Minh" in shown
    assert "1 đơn vị" in page(client, "/don-vi/?thuoc=khong-co")


def test_the_page_of_a_unit(client):
    shown = page(client, "/don-vi/nam-dinh/")
    assert "<h1>Tỉnh uỷ Nam Định</h1>" in shown and "Kết thúc hoạt động 01/07/2025" in shown
    assert "<h3>Năm 2020</h3>" in shown and "Báo cáo của Nam Định" in shown
    assert 'Sáp nhập vào</b> <a href="/don-vi/ninh-binh/">Tỉnh uỷ Ninh Bình</a>' in shown


def test_a_unit_without_reports_says_so(client):
    shown = page(client, "/don-vi/ninh-binh/")
    assert "Chưa có báo cáo nào được công bố" in shown and "1 đơn vị trực thuộc" in shown


def test_an_illustrative_unit_is_marked(client):
    unit = make_unit("an-binh", "An Bình", illustrative=True)
    assert "Trang mẫu – dữ liệu minh hoạ" in page(client, "/don-vi/an-binh/")
    name_unit(unit, "An Bình Mới", valid_from=unit.versions.get().valid_from.replace(year=2024))
    assert "Tên cũ: Tỉnh uỷ An Bình" in page(client, "/don-vi/?q=an+binh")


@pytest.mark.parametrize("code", ["khong-co", "%00", "a" * 500, "%F0%9F%98%80"])
def test_an_unknown_unit(client, code):
    page(client, f"/don-vi/{code}/", status=404)
