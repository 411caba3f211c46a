"""Staff pages of units: who sees which, on which day, and what a page says."""

from datetime import date

import pytest

from models_dv.domain.units import rebuild_paths
from models_dv.enums import SuccessionKind
from models_dv.models import UnitSuccession
from tests.factories.world import make_commune, make_user

pytestmark = pytest.mark.django_db
LIST = "/lam-viec/don-vi/"
MOST_QUERIES = 8
CHANGE = date(2025, 7, 1)


def page(client, user, path=LIST, status=200, **query):
    client.force_login(user)
    answer = client.get(path, query)
    assert answer.status_code == status
    return " ".join(answer.content.decode().split())


def listed(client, user, **query) -> list[str]:
    client.force_login(user)
    return [version.unit.code for version in client.get(LIST, query).context["shown"].page]


def merge(world, *, on=CHANGE):
    """The second and the third commune are one since the day; the new one stands below the province."""
    unit = make_commune(world.province, "Hợp Nhất", code="xa-moi")
    unit.versions.update(valid_from=on)
    for old in world.communes[1:]:
        UnitSuccession.objects.create(
            predecessor=old, successor=unit, kind=SuccessionKind.MERGE, on=on, legal_basis="Nghị quyết số 1"
        )
        old.ended_on = on
        old.save()
    rebuild_paths()
    return unit


def test_everyone_sees_his_own_and_who_covers_it_what_is_below(client, world):
    assert listed(client, world.reviewer) == ["an-binh", "xa-3", "xa-1", "xa-2"]
    assert listed(client, world.province_author) == ["an-binh"]
    assert listed(client, world.author) == ["xa-1"]
    assert listed(client, make_user("nobody", "Không vai trò")) == []
    assert "Chưa có đơn vị nào" in page(client, make_user("nobody-2", "Không vai trò"))


def test_rows_say_what_a_unit_is(client, world):
    shown = page(client, world.reviewer)
    assert '<a href="/lam-viec/don-vi/xa-1/">Đảng uỷ xã Phú Lâm</a>' in shown
    assert '<td data-label="Cấp">Cấp xã</td><td data-label="Loại">Xã</td>' in shown
    assert '<td data-label="Thuộc">Tỉnh uỷ An Bình</td>' in shown
    assert "4 đơn vị" in shown and "Trang mẫu" in shown


def test_the_list_is_that_of_the_day(client, world):
    merge(world)
    assert listed(client, world.reviewer) == ["an-binh", "xa-moi", "xa-1"]
    assert listed(client, world.reviewer, ngay="30/06/2025") == ["an-binh", "xa-3", "xa-1", "xa-2"]
    then = page(client, world.reviewer, ngay="30/06/2025")
    assert "4 đơn vị ngày 30/06/2025" in then and "Đã kết thúc" in then
    assert 'href="/lam-viec/don-vi/xa-2/?ngay=30/06/2025"' in then


def test_a_day_that_is_none_is_said(client, world):
    shown = page(client, world.reviewer, ngay="30/02/2025")
    assert "Không có ngày 30/02/2025" in shown and "4 đơn vị" in shown


@pytest.mark.parametrize(
    ("query", "codes"),
    [
        ({"q": "phu lam"}, ["xa-1"]),
        ({"q": "PHÚ"}, ["xa-1"]),
        ({"q": "am"}, []),
        ({"cap": "province"}, ["an-binh"]),
        ({"cap": "khong-co"}, ["an-binh", "xa-3", "xa-1", "xa-2"]),
        ({"thuoc": "an-binh"}, ["xa-3", "xa-1", "xa-2"]),
        ({"thuoc": "khong-co"}, []),
        ({"q": "tan", "cap": "commune"}, ["xa-2"]),
    ],
)
def test_filters(client, world, query, codes):
    assert listed(client, world.reviewer, **query) == codes


def test_filters_are_chips_and_an_empty_list_leads_out(client, world):
    shown = page(client, world.reviewer, thuoc="an-binh")
    assert "Thuộc: " in shown.replace("<b>", "").replace("</b>", "") and "Tỉnh uỷ An Bình" in shown
    assert "Không có đơn vị nào khớp bộ lọc" in page(client, world.reviewer, q="zzz")


def test_the_page_of_a_unit(client, world):
    world.accepted(K4=3)
    shown = page(client, world.reviewer, f"{LIST}xa-1/")
    assert '<h1 id="unit">Đảng uỷ xã Phú Lâm</h1>' in shown and "<dd>Tỉnh uỷ An Bình</dd>" in shown
    assert f'<a href="/lam-viec/bao-cao/{world.report().pk}/">6 tháng đầu năm 2026</a>' in shown
    assert "Đã tiếp nhận" in shown and "Tên gọi qua các thời kỳ" in shown


def test_the_page_leads_to_the_other_things_of_the_unit(client, world):
    shown = page(client, world.reviewer, f"{LIST}xa-1/")
    for path in (
        "can-bo/?don_vi=xa-1",
        "hoi-nghi/?don_vi=xa-1",
        "nhiem-vu/?chu_tri=xa-1",
        "mo-hinh/?don_vi=xa-1&amp;cap_duoi=on",
    ):
        assert f'href="/lam-viec/{path}"' in shown
        assert client.get(f"/lam-viec/{path}".replace("&amp;", "&")).status_code == 200
    assert 'href="/lam-viec/don-vi/?thuoc=xa-1"' in shown


def test_both_sides_of_a_change(client, world):
    merge(world)
    old = page(client, world.reviewer, f"{LIST}xa-2/")
    assert '<dt>Nay là</dt><dd><a href="/don-vi/xa-moi/">Đảng uỷ xã Hợp Nhất</a></dd>' in old
    assert "Hoạt động đến 30/06/2025" in old and "Căn cứ: Nghị quyết số 1" in old
    new = page(client, world.reviewer, f"{LIST}xa-moi/")
    assert '<dt>Hình thành từ</dt><dd><a href="/don-vi/xa-2/">Đảng uỷ xã Tân Hoà</a>' in new


def test_the_unit_as_of_a_day(client, world):
    version = world.communes[0].versions.get()
    version.pk, version.valid_from, version.name = None, CHANGE, "Đảng uỷ phường Phú Lâm"
    version.save()
    assert '<h1 id="unit">Đảng uỷ phường Phú Lâm</h1>' in page(client, world.author, f"{LIST}xa-1/")
    then = page(client, world.author, f"{LIST}xa-1/", ngay="30/6/2025")
    assert '<h1 id="unit">Đảng uỷ xã Phú Lâm</h1>' in then and "của ngày 30/06/2025." in then
    wrong = page(client, world.author, f"{LIST}xa-1/", ngay="x")
    assert "<title>(1 lỗi) " in wrong and 'id="day-error"' in wrong


def test_a_unit_of_somebody_else_does_not_exist(client, world):
    for user, code in ((world.author, "xa-2"), (world.author, "an-binh"), (world.stranger, "xa-1")):
        page(client, user, f"{LIST}{code}/", status=404)
    page(client, world.admin, f"{LIST}xa-1/", status=404)


@pytest.mark.parametrize("path", [LIST, f"{LIST}?q=xa&cap=commune", f"{LIST}xa-1/", f"{LIST}an-binh/"])
def test_few_queries_whatever_the_rows(client, world, path, django_assert_max_num_queries):
    client.force_login(world.reviewer)
    client.get(path)
    with django_assert_max_num_queries(MOST_QUERIES) as before:
        assert client.get(path).status_code == 200
    merge(world)
    for number in range(3):
        make_commune(world.province, f"Số {number}", code=f"so-{number}")
    rebuild_paths()
    with django_assert_max_num_queries(MOST_QUERIES) as after:
        client.get(path)
    assert len(before) == len(after)
