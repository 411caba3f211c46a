"""What stands in the way of a plan: open ends, contradictions, a later history."""

from datetime import date

import pytest

from models_dv.domain.reorganisation.checking import heir_number, problems
from models_dv.domain.reorganisation.plan import Change, Plan, Result, Source
from models_dv.domain.reorganisation.proposing import propose
from models_dv.domain.units import rebuild_paths
from models_dv.models import Unit
from tests.factories.world import make_commune


def texts(land, plan) -> list[str]:
    return [problem.text for problem in problems(plan, land.frame)]


def of(land, text) -> list[str]:
    return texts(land, propose(text, land.frame))


def test_nothing_stands_against_a_plan_that_is_settled(land):
    assert of(land, "1. Nhập xã Phú Lâm vào xã Tân Hoà.\n2. Đổi tên xã Đổi thành xã Mới.") == []


def test_an_empty_plan(land):
    assert of(land, "") == ["Phương án chưa có việc nào. Thêm việc."]


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("Nhập xã Tân Lập vào xã Phú Lâm.", "Có 2 đơn vị tên “xã Tân Lập”. Chọn một."),
        ("Nhập xã Cũ vào xã Phú Lâm.", "“xã Cũ” đã kết thúc ngày 01/07/2025, trước ngày sắp xếp."),
        (
            "Nhập xã Nào vào xã Phú Lâm.",
            "Không tìm thấy “xã Nào” trong phạm vi. Chọn đơn vị khác hoặc bỏ khỏi phương án.",
        ),
        (
            "Thành lập phường Phú Lâm trên cơ sở 5 km2 của xã Phú Lâm.",
            "Văn bản không nói rõ lấy toàn bộ hay một phần. Chọn một.",
        ),
        (
            "Chuyển xã Phú Lâm về huyện Vũ Thư quản lý.",
            "“Đảng uỷ xã Phú Lâm” (cấp xã) không nhập hết vào “Huyện uỷ Vũ Thư” "
            "(cấp huyện (trước 01/7/2025)) được. Nếu chỉ đổi đơn vị cấp trên: bỏ việc này, thêm phiên bản "
            "có cấp trên mới ở trang của đơn vị.",
        ),
        (
            "Nhập xã Phú Lâm hoặc xã Đổi vào xã Tân Hoà.",
            "Đọc chưa chắc câu “Nhập xã Phú Lâm hoặc xã Đổi vào xã Tân Hoà”: chưa hiểu “hoặc”. So với nguyên văn.",
        ),
        (
            "1. Nhập xã Phú Lâm vào xã Tân Hoà.\n2. Nhập xã Phú Lâm vào xã Đổi.",
            "“Đảng uỷ xã Phú Lâm” được lấy toàn bộ nhưng còn có trong việc khác. Sửa một việc.",
        ),
        (
            "1. Nhập xã Phú Lâm vào xã Tân Hoà.\n2. Nhập xã Tân Hoà vào xã Đổi.",
            "“Đảng uỷ xã Tân Hòa” vừa được giữ lại vừa nhập hết vào đơn vị khác. Sửa một việc.",
        ),
        (
            "1. Nhập xã Phú Lâm vào xã Tân Hoà.\n2. Đổi tên xã Tân Hoà thành xã Hoà.",
            "“Đảng uỷ xã Tân Hòa” được giữ lại trong 2 việc. Gộp thành một việc.",
        ),
        (
            "Hợp nhất xã Phú Lâm và xã Phú Lâm thành xã Phú.",
            "“Đảng uỷ xã Phú Lâm” được lấy toàn bộ nhưng còn có trong việc khác. Sửa một việc.",
        ),
    ],
)
def test_what_has_to_be_mended(land, text, sentence):
    assert of(land, text)[0] == sentence


def test_a_choice_settles_it(land):
    plan = propose("Nhập xã Tân Lập vào xã Phú Lâm.", land.frame)
    plan.changes[0].sources[0].unit = land["lap-vu-thu"].pk
    assert texts(land, plan) == []


def test_a_later_history_stands_in_the_way(land):
    plan = propose("Nhập xã Phú Lâm vào xã Tân Hoà.", land.frame)
    row = land["phu-lam"].versions.get()
    row.pk, row.valid_from = None, date(2027, 1, 1)
    row.save()
    assert texts(land, plan) == [
        "“Đảng uỷ xã Phú Lâm” đã có thay đổi ghi từ ngày 01/01/2027. "
        "Chọn ngày sắp xếp sau ngày đó, hoặc sửa trang của đơn vị trước."
    ]


def test_a_unit_that_ended_since(land):
    plan = propose("Nhập xã Phú Lâm vào xã Tân Hoà.", land.frame)
    Unit.objects.filter(code="phu-lam").update(ended_on=date(2026, 12, 31))
    assert texts(land, plan) == ["“Đảng uỷ xã Phú Lâm” đã ghi kết thúc ngày 31/12/2026. Chọn đơn vị khác."]


def test_a_code_that_was_taken_since(land):
    plan = propose("Hợp nhất xã Phú Lâm và xã Tân Hoà thành xã Phú Hoà.", land.frame)
    Unit.objects.create(code="an-binh-xa-phu-hoa")
    assert texts(land, plan) == ["Mã đơn vị an-binh-xa-phu-hoa đã có. Đặt mã khác."]


def test_a_change_without_units(land):
    assert texts(land, Plan([Change(Result("xã Trống"))])) == ["Chưa có đơn vị nào. Thêm đơn vị."]
    unsettled = Plan([Change(Result("xã X", is_new=False), [Source("xã Y")])])
    assert texts(land, unsettled) == [
        "Chọn đơn vị và phần lấy cho “xã Y”.",
        "Chọn đơn vị nhận cho “xã X”.",
    ]


def test_those_below_a_divided_unit_need_a_new_body_above(land):
    plan = propose("Chia huyện Vũ Thư thành huyện Vũ và huyện Thư.", land.frame)
    child = land["lap-vu-thu"].pk
    assert texts(land, plan) == [
        "“Huyện uỷ Vũ Thư” được chia: chọn đơn vị cấp trên mới cho 1 đơn vị cấp dưới."
    ]
    assert heir_number(plan, child, land["vu-thu"].pk) is None
    plan.heirs = {child: 1}
    assert heir_number(plan, child, land["vu-thu"].pk) == 1
    assert texts(land, plan) == []


def test_the_body_above_may_be_merged_in_the_same_plan_but_not_divided(land):
    merged = (
        "1. Hợp nhất huyện Vũ Thư và huyện Hưng Hà thành huyện Vũ Hà.\n"
        "2. Đổi tên xã Tân Lập (huyện Vũ Thư) thành xã Lập."
    )
    assert of(land, merged) == []
    divided = "1. Chia huyện Vũ Thư thành huyện Vũ và huyện Thư.\n2. Đổi tên xã Tân Lập (huyện Vũ Thư) thành xã Lập."
    assert of(land, divided) == ["Đơn vị cấp trên của “Đảng uỷ xã Lập” được chia. Chọn đơn vị cấp trên khác."]


def test_those_below_with_a_later_history_stand_in_the_way(land):
    plan = propose("Nhập huyện Vũ Thư vào huyện Hưng Hà.", land.frame)
    row = land["lap-vu-thu"].versions.get()
    row.pk, row.valid_from = None, date(2027, 1, 1)
    row.save()
    late = make_commune(land["vu-thu"], "Muộn", code="muon")
    late.versions.update(valid_from=date(2027, 1, 1))
    rebuild_paths()
    assert texts(land, plan) == [
        "“Đảng uỷ xã Tân Lập” (dưới “Huyện uỷ Vũ Thư”) đã có thay đổi ghi từ ngày sắp xếp. "
        "Sửa trang của đơn vị đó trước.",
        "“Đảng uỷ xã Muộn” sẽ thuộc “Huyện uỷ Vũ Thư” từ 01/01/2027, khi đơn vị này không còn. "
        "Sửa trang của đơn vị đó trước.",
    ]
