"""Search over published reports and units."""

import unicodedata

import pytest

from models_dv.enums import UnitLevel
from tests.factories.publications import cite, make_unit, merge

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def published():
    unit = make_unit("ha-tinh", "Hà Tĩnh")
    cite(
        unit, 2023, lead="Nhân rộng phong trào.", sections={"Đối thoại": "Người đứng đầu đối thoại với dân."}
    )
    cite(unit, 2022, lead="Không liên quan.")


def page(client, **query):
    response = client.get("/tim-kiem/", query)
    assert response.status_code == 200
    return " ".join(response.content.decode().split())


def test_without_words_there_is_only_the_form(client):
    shown = page(client)
    assert 'name="q"' in shown and "Không có kết quả" not in shown


@pytest.mark.parametrize(
    "typed", ["đối thoại", "doi thoai", "ĐỐI THOẠI", unicodedata.normalize("NFD", "đối thoại")]
)
def test_accents_and_their_form_do_not_matter(client, typed):
    shown = page(client, q=typed)
    assert "1 báo cáo" in shown and "Đối thoại: Người đứng đầu <mark>đối thoại</mark> với dân." in shown


@pytest.mark.parametrize("typed", ["đ", "d", "hà", "n"])
def test_one_or_two_letters_find_words_that_begin_so(client, typed):
    assert "báo cáo</p>" in page(client, q=typed)


def test_units_are_found_too(client):
    shown = page(client, q="ha tinh")
    assert '<a href="/don-vi/ha-tinh/">Tỉnh uỷ <mark>Hà Tĩnh</mark></a>' in shown and "2 báo cáo" in shown


def test_more_units_than_shown_have_a_link(client):
    for number in range(6):
        make_unit(f"phu-{number}", f"Phú Lâm {number}")
    assert "/don-vi/?q=phu%20lam" in page(client, q="phu lam")


def test_the_name_of_the_body_above_finds_the_report_of_its_day(client):
    old, new = make_unit("long-an", "Long An"), make_unit("tay-ninh", "Tây Ninh")
    cite(make_unit("thu-thua", "Thủ Thừa", level=UnitLevel.DISTRICT, parent=old), 2021, lead="Vận động.")
    merge(old, into=new)
    shown = page(client, q="long an")
    assert '<li>nay là <a href="/don-vi/tay-ninh/">Tỉnh uỷ Tây Ninh</a></li>' in shown
    assert "1 báo cáo</p>" in shown and "Huyện uỷ Thủ Thừa" in shown


def test_a_unit_without_reports_is_said_to_have_none(client):
    make_unit("phu-yen", "Phú Yên")
    assert "Không có báo cáo nào chứa các từ này" in page(client, q="phu yen")


def test_nothing_found(client):
    assert "Không có kết quả cho “zzz”" in page(client, q="zzz")


def test_the_words_are_escaped(client):
    shown = page(client, q="<script>alert(1)</script>")
    assert "<script>alert" not in shown and "&lt;script&gt;" in shown


def test_ten_kilobytes_are_cut_with_a_word(client):
    assert "Từ cần tìm quá dài" in page(client, q="khéo " * 2_000)


def test_counts_stop_at_the_cap(client, monkeypatch):
    monkeypatch.setattr("models_dv.views.lists.COUNT_CAP", 1)
    assert "Hơn 1.000 báo cáo" in page(client, q="ha tinh")
