"""The registry on the staff side: the list, one model, registering, mending, replicating."""

import re
from datetime import date

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from models_dv import clock
from models_dv.domain.kheo_facts import FactEntry
from models_dv.enums import FactKind, KheoField, KheoKind, UnitLevel
from models_dv.forms.dan_van_kheo import RegistrationForm
from models_dv.models import DanVanKheo
from tests.factories.kheo import add_photo, make_model, make_publisher, publish

pytestmark = pytest.mark.django_db
LIST = "/lam-viec/mo-hinh/"
FORM = {
    "name": "Thắp sáng đường quê",
    "kind": "mo_hinh",
    "subject": "collective",
    "field": "economy",
    "level": "commune",
    "year": "2026",
    "registered_on": "05/02/2026",
    "address": "Thôn Hạ, xã Phú Lâm",
    "kq-TOTAL_FORMS": "2",
    "kq-INITIAL_FORMS": "0",
    "kq-0-name": "bóng đèn",
    "kq-0-value": "1.250",
    "kq-0-unit_name": "chiếc",
}


def as_user(user) -> Client:
    client = Client()
    client.force_login(user)
    return client


def names(answer) -> list[str]:
    return [row.name for row in answer.context["shown"].page]


# --- the list ------------------------------------------------------------------------------------------


@pytest.fixture
def registry(world):
    """Four models of the first commune, one of the second."""
    one, other = world.communes[:2]
    author = world.author_of(other)
    launched = (FactKind.LAUNCHED, date(2026, 3, 1))
    make_model(one, world.author, name="Rác", facts=[launched], year=2025)
    make_model(one, world.author, name="Đèn", facts=[launched, (FactKind.STOPPED, date(2026, 5, 1))])
    make_model(one, world.author, name="Đường", field=KheoField.ECONOMY, level=UnitLevel.PROVINCE)
    make_model(
        one,
        world.author,
        name="Bà Mẫu",
        kind=KheoKind.EXAMPLE,
        facts=[launched, FactEntry(FactKind.TYPICAL, date(2026, 4, 1), level=UnitLevel.COMMUNE)],
    )
    make_model(other, author, name="Loa", address="Thôn Thượng", facts=[launched])
    return world


@pytest.mark.parametrize(
    ("who", "expected"),
    [
        ("author", ["Bà Mẫu", "Đường", "Đèn", "Rác"]),
        ("reader", ["Bà Mẫu", "Đường", "Đèn", "Rác"]),
        ("reviewer", ["Loa", "Bà Mẫu", "Đường", "Đèn", "Rác"]),
        ("province_author", []),
        ("stranger", []),
    ],
)
def test_everybody_sees_his_own(registry, who, expected):
    assert names(as_user(getattr(registry, who)).get(LIST)) == expected


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("q=duong", ["Đường"]),
        ("q=thon+thuong", ["Loa"]),
        ("q=den+phu+lam", ["Đèn"]),
        ("linh_vuc=economy", ["Đường"]),
        ("loai=dien_hinh", ["Bà Mẫu"]),
        ("nam=2025", ["Rác"]),
        ("cap=province", ["Đường"]),
        ("duy_tri=dang-duy-tri", ["Loa", "Bà Mẫu", "Rác"]),
        ("duy_tri=da-dung", ["Đèn"]),
        ("duy_tri=chua-ra-mat", ["Đường"]),
        ("su_viec=typical", ["Bà Mẫu"]),
        ("don_vi=phu+lam", ["Bà Mẫu", "Đường", "Đèn", "Rác"]),
        ("don_vi=an+binh", []),
        ("don_vi=an+binh&cap_duoi=on", ["Loa", "Bà Mẫu", "Đường", "Đèn", "Rác"]),
        ("don_vi=an-binh&cap_duoi=on", ["Loa", "Bà Mẫu", "Đường", "Đèn", "Rác"]),
        ("don_vi=binh+yen&cap_duoi=on", []),
        ("cong_bo=co", []),
        ("linh_vuc=khong-co&nam=abc", ["Loa", "Bà Mẫu", "Đường", "Đèn", "Rác"]),
    ],
)
def test_the_filters(registry, query, expected):
    assert names(as_user(registry.reviewer).get(f"{LIST}?{query}")) == expected


def test_chips_drop_one_filter_each(registry):
    page = as_user(registry.author).get(f"{LIST}?q=rac&nam=2025&cap_duoi=on")
    assert [(chip.label, chip.value) for chip in page.context["chips"]] == [
        ("Từ khoá", "rac"),
        ("Năm đăng ký", "2025"),
    ]
    assert "mark>Rác" in page.content.decode()


def test_the_badges_say_where_a_model_stands(registry):
    page = as_user(registry.author).get(LIST)
    badges = {row.name: [badge.text for badge in row.badges] for row in page.context["shown"].page}
    assert badges == {
        "Rác": ["Đang duy trì"],
        "Đèn": ["Đã dừng"],
        "Đường": ["Chưa ra mắt"],
        "Bà Mẫu": ["Đang duy trì", "Tiêu biểu"],
    }


def test_the_list_costs_at_most_eight_queries_whatever_the_rows(registry):
    client = as_user(registry.reviewer)
    address = f"{LIST}?q=thon&don_vi=an+binh&cap_duoi=on&duy_tri=dang-duy-tri&su_viec=launched"
    counts = []
    for more in (20, 15):
        for number in range(more):
            make_model(
                registry.communes[0],
                registry.author,
                name=f"m{number}",
                facts=[(FactKind.LAUNCHED, date(2026, 3, 1))],
            )
        client.get(address)
        with CaptureQueriesContext(connection) as queries:
            page = client.get(address)
        counts.append(len(queries))
        assert len(page.context["shown"].page) == 20
    assert counts[0] == counts[1] <= 8


def test_an_empty_registry_says_what_to_do(world):
    assert "Đăng ký mô hình" in as_user(world.author).get(LIST).content.decode()
    assert "Đăng ký mô hình" not in as_user(world.reader).get(LIST).content.decode()


# --- one model -----------------------------------------------------------------------------------------


def test_one_model_for_who_may_see_it(world):
    model = make_model(world.communes[0], world.author)
    url = model.get_absolute_url()
    statuses = {
        who: as_user(getattr(world, who)).get(url).status_code
        for who in ("author", "reader", "reviewer", "province_author", "stranger", "admin")
    }
    assert statuses == {
        "author": 200,
        "reader": 200,
        "reviewer": 200,
        "province_author": 404,
        "stranger": 404,
        "admin": 404,
    }
    assert Client().get(url).status_code == 302


@pytest.mark.parametrize(
    ("who", "buttons"),
    [
        ("author", ["Ghi mốc", "Sửa", "Ảnh", "Minh chứng", "Nhân rộng"]),
        ("reader", []),
        ("reviewer", ["Ghi mốc"]),
        ("clerk", []),
    ],
)
def test_the_buttons_are_those_that_work(world, who, buttons):
    model = make_model(world.communes[0], world.author)
    page = as_user(getattr(world, who)).get(model.get_absolute_url())
    assert [act.label for act in page.context["acts"]] == buttons
    for act in page.context["acts"]:
        assert as_user(getattr(world, who)).get(act.url).status_code == 200


def test_the_page_shows_everything_and_what_to_look_at_again(world):
    model = make_model(world.communes[0], world.author, facts=[(FactKind.LAUNCHED, date(2026, 3, 1))])
    add_photo(model, world.author)
    text = as_user(world.author).get(model.get_absolute_url()).content.decode()
    for words in (
        "Rác thải sinh hoạt chưa được thu gom.",
        "05/02/2026",
        "mà chưa ghi “Được duyệt vào danh mục”",
        "Sáu người quét đường",
    ):
        assert words in text


def test_the_family_tells_of_other_units_what_is_public(world):
    other = world.communes[1]
    origin = make_model(other, world.author_of(other), name="Mô hình gốc")
    model = make_model(world.communes[0], world.author, origin=origin)

    def page(who) -> str:
        return as_user(who).get(model.get_absolute_url()).content.decode()

    assert "Mô hình gốc" not in page(world.author)
    assert "Mô hình của đơn vị khác, chưa công bố" in page(world.author)
    assert f'href="{origin.get_absolute_url()}"' in page(world.reviewer)
    row = publish(origin, make_publisher(other, world.author_of(other)))
    assert f'href="{row.get_absolute_url()}"' in page(world.author)


# --- registering and mending ---------------------------------------------------------------------------


def test_registering(world):
    client = as_user(world.author)
    assert client.get(f"{LIST}moi/").status_code == 200
    answer = client.post(f"{LIST}moi/", {**FORM, "unit": world.communes[0].pk})
    model = DanVanKheo.objects.get()
    assert answer.url == model.get_absolute_url()
    assert (model.name, model.unit, str(model.result_figures.get().value)) == (
        "Thắp sáng đường quê",
        world.communes[0],
        "1250.000",
    )
    assert model.facts.get().on == date(2026, 2, 5)


@pytest.mark.parametrize(
    ("typed", "field"),
    [
        ({"address": ""}, "address"),
        ({"name": ""}, "name"),
        ({"field": "khac"}, "field"),
        ({"year": "26"}, "year"),
        ({"registered_on": "31/02/2026"}, "registered_on"),
        ({"registered_on": "05/02/2023"}, "registered_on"),
        ({"people_served": "1.5"}, "people_served"),
        ({"people_served": "gần 250"}, "people_served"),
        ({"funds": "9999999999999"}, "funds"),
        ({"origin": "khong-co"}, "origin"),
        ({"origin": "999"}, "origin"),
        ({"unit": "0"}, "unit"),
        ({"name": "x" * 251}, "name"),
    ],
)
def test_what_is_wrong_comes_back_with_everything_typed(world, typed, field):
    values = {**FORM, "unit": world.communes[0].pk, "method": "Cách làm đã gõ", **typed}
    page = as_user(world.author).post(f"{LIST}moi/", values)
    assert (page.status_code, list(page.context["form"].errors)) == (422, [field])
    assert "Cách làm đã gõ" in page.content.decode()
    assert DanVanKheo.objects.count() == 0


@pytest.mark.parametrize(
    ("row", "field"),
    [
        ({"kq-0-value": ""}, "value"),
        ({"kq-0-name": ""}, "name"),
        ({"kq-0-value": "nhiều"}, "value"),
        ({"kq-0-value": "1.5"}, "value"),
    ],
)
def test_a_result_needs_its_name_and_number(world, row, field):
    page = as_user(world.author).post(f"{LIST}moi/", {**FORM, "unit": world.communes[0].pk, **row})
    assert page.status_code == 422
    assert list(page.context["rows"].forms[0].errors) == [field]
    assert DanVanKheo.objects.count() == 0


def test_a_day_that_has_not_come_is_no_day_of_registration(world):
    later = date(clock.today().year, 12, 31)
    values = {**FORM, "unit": world.communes[0].pk, "year": later.year, "registered_on": f"{later:%d/%m/%Y}"}
    if later > clock.today():
        page = as_user(world.author).post(f"{LIST}moi/", values)
        assert list(page.context["form"].errors) == ["registered_on"]
    values |= {"registered_on": "", "year": clock.today().year + 1}
    page = as_user(world.author).post(f"{LIST}moi/", values)
    assert list(page.context["form"].errors) == ["year"]


def test_another_units_registry_is_closed(world):
    page = as_user(world.author).post(f"{LIST}moi/", {**FORM, "unit": world.communes[1].pk})
    assert list(page.context["form"].errors) == ["unit"]
    for who in (world.reader, world.reviewer, world.admin):
        assert as_user(who).get(f"{LIST}moi/").status_code == 403
        assert as_user(who).post(f"{LIST}moi/", FORM).status_code == 403


def edit_values(model, **typed) -> dict:
    return {**FORM, "revision": model.revision, "name": model.name, **typed}


def test_mending(world):
    model = make_model(world.communes[0], world.author, people_served=1250)
    client, url = as_user(world.approver), f"{model.get_absolute_url()}sua/"
    page = client.get(url).content.decode()
    assert 'value="1.250"' in page
    assert 'name="unit"' not in page
    assert client.post(url, edit_values(model, name="Tên mới", people_served="1.300")).status_code == 302
    model.refresh_from_db()
    assert (model.name, model.people_served, model.revision) == ("Tên mới", 1300, 1)


def test_two_who_mend_at_once_both_keep_what_they_typed(world):
    model = make_model(world.communes[0], world.author)
    url = f"{model.get_absolute_url()}sua/"
    as_user(world.author).post(url, edit_values(model, name="Tên của người thứ nhất"))
    page = as_user(world.approver).post(url, edit_values(model, name="Tên của người thứ hai"))
    assert page.status_code == 422
    assert "Tên của người thứ hai" in page.content.decode()
    again = edit_values(
        model,
        name="Tên của người thứ hai",
        revision=re.search(r'name="revision" value="(\d+)"', page.content.decode())[1],
    )
    assert as_user(world.approver).post(url, again).status_code == 302
    model.refresh_from_db()
    assert model.name == "Tên của người thứ hai"


@pytest.mark.parametrize(("who", "status"), [("reader", 403), ("reviewer", 403), ("stranger", 404)])
def test_others_do_not_mend(world, who, status):
    model = make_model(world.communes[0], world.author)
    client, url = as_user(getattr(world, who)), f"{model.get_absolute_url()}sua/"
    assert (client.get(url).status_code, client.post(url, edit_values(model)).status_code) == (status, status)
    model.refresh_from_db()
    assert model.revision == 0


# --- replicating ---------------------------------------------------------------------------------------


def test_the_origin_is_found_by_its_name_and_of_several_one_is_chosen(world):
    names = ("Tổ tự quản", "Tổ tự quản đường hoa", "Nhóm tự quản")
    first, *_others = [make_model(world.communes[0], world.author, name=name) for name in names]
    values = {**FORM, "unit": world.communes[0].pk}

    def form(typed: str) -> RegistrationForm:
        return RegistrationForm(values | {"origin": typed}, user=world.author)

    found = form("to tu quan")
    assert found.is_valid() and found.cleaned_data["origin"] == first
    (sentence,) = form("tự quản").errors["origin"]
    assert sentence.startswith("Chọn một mô hình và ghi mã của nó. ")
    assert all(f"“{name}”" in sentence for name in names)
    assert form("khác hẳn").errors["origin"][0].startswith("Không tìm thấy mô hình này")


def test_a_copy_begins_with_the_way_of_its_origin(world):
    origin = make_model(world.communes[0], world.author, results="Kết quả riêng")
    client = as_user(world.author)
    page = client.get(f"{origin.get_absolute_url()}nhan-rong/").content.decode()
    assert f"{origin.name} (mã {origin.pk})" in page
    assert "Vận động từng hộ phân loại rác." in page
    assert "Kết quả riêng" not in page
    values = {**FORM, "unit": world.communes[0].pk, "origin": f"{origin.name} (mã {origin.pk})"}
    client.post(f"{origin.get_absolute_url()}nhan-rong/", values)
    assert DanVanKheo.objects.exclude(pk=origin.pk).get().origin == origin


def test_another_units_model_is_copied_once_it_is_public_and_nothing_else_of_it_is_read(world):
    other = world.communes[1]
    origin = make_model(other, world.author_of(other), method="Cách làm nội bộ", aims="Mục tiêu nội bộ")
    url = f"{origin.get_absolute_url()}nhan-rong/"
    client = as_user(world.author)
    assert client.get(url).status_code == 404
    publisher = make_publisher(other, world.author_of(other))
    row = publish(origin, publisher, parts=("problem",))
    page = client.get(url).content.decode()
    assert "nội bộ" not in page
    assert f"mã {origin.pk}" in page
    publish(origin, publisher, parts=("problem", "method"))
    assert "Cách làm nội bộ" in client.get(url).content.decode()
    for typed in (f"https://example.vn/mo-hinh/{row.slug}/", f"/mo-hinh/{row.slug}/", str(origin.pk)):
        values = {**FORM, "unit": world.communes[0].pk, "origin": typed}
        assert client.post(f"{LIST}moi/", values).status_code == 302
    assert DanVanKheo.objects.filter(origin=origin).count() == 3


def test_an_origin_that_is_no_longer_public_stays_named(world):
    other = world.communes[1]
    origin = make_model(other, world.author_of(other), name="Mô hình gốc")
    model = make_model(world.communes[0], world.author, origin=origin)
    client, url = as_user(world.author), f"{model.get_absolute_url()}sua/"
    typed = f"Mô hình gốc (mã {origin.pk})"
    assert client.post(url, edit_values(model, origin=typed)).status_code == 302
    model.refresh_from_db()
    assert (model.origin, model.revision) == (origin, 1)
    another = make_model(other, world.author_of(other))
    page = client.post(url, edit_values(model, origin=str(another.pk)))
    assert list(page.context["form"].errors) == ["origin"]


def test_wrong_methods(world):
    model = make_model(world.communes[0], world.author)
    client = as_user(world.author)
    assert client.post(LIST).status_code == 405
    assert client.post(model.get_absolute_url()).status_code == 405
    assert client.delete(f"{model.get_absolute_url()}sua/").status_code == 405
