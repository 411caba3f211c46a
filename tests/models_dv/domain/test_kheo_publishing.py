"""What is chosen is frozen for the public; nothing else leaves the registry."""

import json
from decimal import Decimal

import pytest

from models_dv import clock
from models_dv.domain.dan_van_kheo import ResultFigure, edit
from models_dv.domain.kheo_facts import FactEntry, add_fact
from models_dv.domain.kheo_publishing import (
    Choice,
    Content,
    OfferChanged,
    chosen_before,
    content_of,
    offer_of,
    publish,
    withdraw,
)
from models_dv.enums import FactKind, UnitLevel
from models_dv.errors import MissingInput, NotAllowed
from models_dv.models import AuditEntry, DanVanKheo, KheoPublication
from tests.factories import kheo
from tests.factories.kheo import add_photo, make_model, make_publisher
from tests.factories.world import local, make_world

pytestmark = pytest.mark.django_db
CANARY = "chim-hoang-yen"


@pytest.fixture(scope="module")
def scene(rows_of_module):
    world = make_world()
    make_publisher(world.communes[0], world.approver)
    return world


@pytest.fixture
def model(world):
    return make_model(
        world.communes[0],
        world.author,
        figures=[ResultFigure("hộ hiến đất", Decimal(42), "hộ")],
        facts=[(FactKind.LAUNCHED, local(2026, 3, 1).date())],
        leads="Chi bộ thôn",
        funds=Decimal("12.5"),
    )


def do_publish(world, model, *parts, **more):
    return kheo.publish(model, world.approver, parts=parts or ("problem", "method"), **more)


def test_the_offer_names_what_is_filled_in(world, model):
    offer = offer_of(model)
    assert [part.code for part in offer.sections] == ["problem", "method", "results", "experience"]
    assert [part.code for part in offer.details] == ["figures", "address", "leads", "funds"]
    assert [part.lines for part in offer.details] == [
        ("42 hộ hộ hiến đất",),
        ("Thôn Đồng Xuân, xã Phú Lâm",),
        ("Chi bộ thôn",),
        ("12,5 triệu đồng",),
    ]


def test_nothing_is_chosen_by_itself(world, model):
    assert chosen_before(None) == Choice()
    assert content_of(offer_of(model), Choice()) == Content()


def test_only_what_was_chosen_is_in_the_row(world, model):
    row = do_publish(world, model, "problem", "figures", "address", lead="Lời dẫn.")
    assert row.content == {
        "sections": [
            {"code": "problem", "title": "Vấn đề", "text": "Rác thải sinh hoạt chưa được thu gom."},
            {"code": "results", "title": "Kết quả", "text": ""},
        ],
        "figures": [{"name": "hộ hiến đất", "value": "42", "unit": "hộ"}],
        "details": [{"code": "address", "title": "Địa chỉ", "lines": ["Thôn Đồng Xuân, xã Phú Lâm"]}],
        "photos": [],
        "parts": ["problem", "figures", "address"],
        "photo_ids": [],
    }
    assert (row.slug, row.version, row.is_typical, row.illustrative, row.unit_name) == (
        "to-tu-quan-bao-ve-moi-truong-phu-lam",
        1,
        False,
        True,
        "Đảng uỷ xã Phú Lâm",
    )


def test_the_history_names_what_was_published(world, model):
    do_publish(world, model, "problem", "method")
    entry = AuditEntry.objects.filter(action="Công bố mô hình").get()
    assert entry.after == {"lần": 1, "lời dẫn": "", "nội dung": ["Vấn đề", "Cách làm"], "ảnh": 0}


def test_that_a_model_has_stopped_is_published_with_whatever_is_chosen(world, model):
    row = do_publish(world, model, "problem")
    assert not row.says_stopped
    add_fact(model, FactEntry(FactKind.STOPPED, local(2026, 11, 1).date(), note=CANARY), actor=world.author)
    row = do_publish(world, model, "problem")
    assert (row.version, row.says_stopped) == (2, True)
    lines = ["Dừng hoạt động, 01/11/2026"]
    assert row.content["details"] == [{"code": "stopped", "title": "Tình trạng", "lines": lines}]


def test_a_canary_in_every_field_that_was_not_chosen(world):
    words = ("aims", "method", "results", "lasting", "experience", "resources")
    lines = ("address", "served_note", "leads", "joins", "duration", "product")
    model = make_model(
        world.communes[0],
        world.author,
        figures=[ResultFigure(CANARY, Decimal(1), CANARY)],
        facts=[
            FactEntry(FactKind.RECOGNISED, local(2026, 3, 1).date(), level=UnitLevel.COMMUNE, issuer=CANARY)
        ],
        **dict.fromkeys((*words, *lines), CANARY),
    )
    photo = add_photo(model, world.author, caption=CANARY, alt=f"{CANARY} 2", credit=CANARY)
    row = do_publish(world, model, "problem", lead="Lời dẫn.")
    stored = json.dumps({name: str(value) for name, value in row.__dict__.items()}) + row.search_text
    assert CANARY not in stored
    row = do_publish(world, model, "problem", photos=[photo])
    assert json.dumps(row.content).count(CANARY) == 3


def test_what_staff_changes_shows_after_publishing_again(world, model):
    row = do_publish(world, model)
    edit(model, values={"name": "Tên mới", "situation": "Vấn đề mới"}, results=[], actor=world.author)
    row.refresh_from_db()
    assert (row.name, row.content["sections"][0]["text"]) == (
        "Tổ tự quản bảo vệ môi trường",
        "Rác thải sinh hoạt chưa được thu gom.",
    )
    again = do_publish(world, model)
    assert (again.pk, again.slug, again.version, again.name) == (row.pk, row.slug, 2, "Tên mới")
    assert again.content["sections"][0]["text"] == "Vấn đề mới"


def test_publishing_the_same_twice_is_one_version(world, model):
    first = do_publish(world, model)
    second = do_publish(world, model)
    assert (second.version, second.published_at) == (1, first.published_at)
    assert AuditEntry.objects.filter(action="Công bố mô hình").count() == 1


def test_whoever_looked_at_something_else_looks_again(world, model):
    seen = offer_of(model).mark
    edit(model, values={"method": "Cách làm khác"}, results=[], actor=world.author)
    with pytest.raises(OfferChanged):
        publish(model, Choice(parts=["method"]), seen=seen, actor=world.approver)
    assert KheoPublication.objects.count() == 0


def test_a_part_in_words_is_needed(world, model):
    with pytest.raises(MissingInput) as error:
        do_publish(world, model, "figures", "address")
    assert error.value.field == "parts"


@pytest.mark.parametrize("who", ["author", "reader", "reviewer", "publisher", "stranger"])
def test_only_the_units_publisher_publishes(world, model, who):
    with pytest.raises(NotAllowed):
        publish(model, Choice(parts=["method"]), seen=offer_of(model).mark, actor=getattr(world, who))
    row = do_publish(world, model)
    with pytest.raises(NotAllowed):
        withdraw(row, reason="Sai", actor=getattr(world, who))


@pytest.mark.parametrize("missing", ["consent", "alt", "caption"])
def test_a_photo_that_lacks_something_cannot_be_chosen(world, model, missing):
    photo = add_photo(model, world.author, **{missing: False if missing == "consent" else ""})
    assert do_publish(world, model, photos=[photo]).content["photos"] == []


def test_photos_stand_in_the_order_chosen_once_each(world, model):
    first, second = add_photo(model, world.author, alt="Một"), add_photo(model, world.author, alt="Hai")
    other = add_photo(make_model(world.communes[0], world.author), world.author)
    row = do_publish(world, model, photos=[second, first, second, other])
    assert [photo["alt"] for photo in row.content["photos"]] == ["Hai", "Một"]


def test_withdrawing_keeps_the_address_and_publishing_again_opens_it(world, model):
    row = do_publish(world, model)
    with pytest.raises(MissingInput):
        withdraw(row, reason=" ", actor=world.approver)
    with clock.fixed(local(2026, 6, 1, 9)):
        withdraw(row, reason="Sai số liệu", actor=world.approver)
    row.refresh_from_db()
    assert row.withdrawn_at == local(2026, 6, 1, 9)
    assert not KheoPublication.objects.published().exists()
    assert AuditEntry.objects.get(action="Gỡ mô hình khỏi trang công khai").note == "Sai số liệu"
    again = do_publish(world, model)
    assert (again.slug, again.version, again.withdrawn_at) == (row.slug, 2, None)


def test_two_models_of_one_name_have_two_addresses(world, model):
    first, second = do_publish(world, model), do_publish(world, make_model(world.communes[0], world.author))
    assert second.slug == f"{first.slug}-{second.model_id}"


def test_typical_and_recognised_are_as_of_the_day(world):
    facts = [
        FactEntry(
            FactKind.RECOGNISED, local(2026, 5, 12).date(), level=UnitLevel.COMMUNE, decision="15-QĐ/ĐU"
        ),
        FactEntry(FactKind.TYPICAL, local(2026, 6, 1).date(), level=UnitLevel.PROVINCE, issuer="Tỉnh uỷ"),
    ]
    model = make_model(world.communes[0], world.author, facts=facts)
    row = do_publish(world, model, "problem", "recognitions")
    assert row.is_typical
    assert row.content["details"][0]["lines"] == [
        "Được công nhận, cấp xã, 12/05/2026 (Quyết định 15-QĐ/ĐU)",
        "Tiêu biểu, cấp tỉnh, 01/06/2026 (Tỉnh uỷ)",
    ]


def test_what_may_be_personal_data_is_pointed_out(world):
    model = make_model(world.communes[0], world.author, method="Gọi số 0912 345 678 để đăng ký.")
    part = next(part for part in offer_of(model).sections if part.code == "method")
    assert part.warnings == ("“0912 345 678” có thể là số điện thoại. Kiểm tra trước khi công bố",)


def test_the_search_finds_what_was_published_and_nothing_else(world):
    model = make_model(world.communes[0], world.author, method=f"Vận động {CANARY}")
    do_publish(world, model, "problem")
    found = KheoPublication.objects.filter
    assert found(search_text__words=["rac", "thai"]).exists()
    assert not found(search_text__words=["hoang-yen"]).exists()
    assert DanVanKheo.objects.count() == 1
