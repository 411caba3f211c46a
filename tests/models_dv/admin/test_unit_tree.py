"""The page of the tree: a branch at a time, as of a day."""

from datetime import date

import pytest
from django.urls import reverse

from models_dv.domain.units import rebuild_paths
from models_dv.models import Unit, UnitVersion
from tests.factories.world import make_commune, make_province, make_user
from tests.models_dv.admin.pages import errors_of, rows_of, text_of

TREE = "/quan-tri/models_dv/unit/cay/"


@pytest.fixture
def province(db):
    """An Bình with two communes, one of which ended; a hamlet's body in the other."""
    province = make_province()
    commune = make_commune(province, "Phú Lâm", code="xa-1")
    make_commune(province, "Đông Sơn", code="xa-2", ended_on=date(2025, 7, 1))
    hamlet = make_commune(commune, "Thượng", code="thon-1", territory_code="00004")
    UnitVersion.objects.filter(unit=hamlet).update(valid_from="2022-01-01")
    rebuild_paths()
    return province


def test_the_top_of_the_tree(admin_pages, province):
    page = admin_pages.get(TREE)
    assert rows_of(page) == [
        ["Tỉnh uỷ An Bình", "Tỉnh", "Cấp tỉnh", "1", "2", "01/01/2020", "an-binh", "–"],
    ]
    assert "Cây đơn vị" in text_of(page)


def test_a_branch_with_its_way_up(admin_pages, province):
    page = admin_pages.get(TREE, {"thuoc": province.pk})
    assert rows_of(page) == [
        ["Đảng uỷ xã Phú Lâm", "Xã", "Cấp xã", "1", "1", "01/01/2020", "xa-1", "–"],
    ]
    commune = Unit.objects.get(code="xa-1")
    below = admin_pages.get(TREE, {"thuoc": commune.pk})
    assert f'<a href="?thuoc={province.pk}">Tỉnh uỷ An Bình</a>' in below.content.decode()
    assert rows_of(below)[0][-2:] == ["thon-1", "00004"]


def test_the_tree_of_an_earlier_day(admin_pages, province):
    page = admin_pages.get(TREE, {"thuoc": province.pk, "ngay": "30/06/2021"})
    assert [row[0] for row in rows_of(page)] == ["Đảng uỷ xã Đông Sơn", "Đảng uỷ xã Phú Lâm"]
    assert [row[4] for row in rows_of(page)] == ["–", "–"]
    assert "ngay=30%2F06%2F2021" in page.content.decode()


def test_a_day_on_which_the_unit_is_not_there(admin_pages, province):
    ended = Unit.objects.get(code="xa-2")
    words = text_of(admin_pages.get(TREE, {"thuoc": ended.pk}))
    assert "Đảng uỷ xã Đông Sơn không có trong cây ngày" in words
    assert "Không có đơn vị nào trực thuộc ngày 30/06/2025." in text_of(
        admin_pages.get(TREE, {"thuoc": ended.pk, "ngay": "30/06/2025"})
    )


@pytest.mark.parametrize("typed", ["30/02/2021", "hôm qua"])
def test_a_day_that_is_none(admin_pages, province, typed):
    page = admin_pages.get(TREE, {"ngay": typed})
    assert len(errors_of(page)) == 1
    assert len(rows_of(page)) == 1


@pytest.mark.parametrize("key", ["abc", "9" * 30, "-1", "404404"])
def test_a_unit_that_is_not_there(admin_pages, province, key):
    assert admin_pages.get(TREE, {"thuoc": key}).status_code == 404


@pytest.mark.parametrize("page", ["2", "0", "x", "9" * 40])
def test_pages_typed_by_hand(admin_pages, province, page):
    assert admin_pages.get(TREE, {"p": page}).status_code == 200


def test_many_rows_come_in_pages_and_cost_no_more_queries(
    admin_pages, province, django_assert_max_num_queries
):
    with django_assert_max_num_queries(8):
        admin_pages.get(TREE, {"thuoc": province.pk})
    for number in range(105):
        make_commune(province, f"Xã {number:03d}", code=f"c-{number:03d}")
    rebuild_paths()
    with django_assert_max_num_queries(8):
        page = admin_pages.get(TREE, {"thuoc": province.pk, "p": "2"})
    assert len(rows_of(page)) == 6
    assert "Trang 2/2 · 106 đơn vị" in text_of(page)


def test_the_list_and_the_page_of_a_unit_lead_here(admin_pages, province):
    assert f'href="{TREE}"' in admin_pages.get("/quan-tri/models_dv/unit/").content.decode()
    unit = admin_pages.get(f"/quan-tri/models_dv/unit/{province.pk}/change/").content.decode()
    assert f'href="{TREE}?thuoc={province.pk}"' in unit


def test_administrators_only(client, province):
    assert client.get(TREE).url.startswith("/dang-nhap/")
    client.force_login(make_user("can-bo", "Cán bộ", province, "author"))
    assert client.get(TREE, follow=True).status_code == 403
    assert reverse("admin:models_dv_unit_tree") == TREE
