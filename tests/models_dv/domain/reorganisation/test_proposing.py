"""From a text to a plan: what is known is filled in, what is not stands open."""

from datetime import date

import pytest

from models_dv.domain.reorganisation.checking import problems
from models_dv.domain.reorganisation.effects import dry_run
from models_dv.domain.reorganisation.plan import Plan
from models_dv.domain.reorganisation.proposing import Frame, complete, propose
from models_dv.models import Unit
from tests.factories.land import ON

ALL = "toàn bộ diện tích tự nhiên, quy mô dân số của"


def told(land, plan: Plan) -> list[str]:
    """“phu-lam + tan-hoa → new xã Phú Hoà” for each change; “~” a part, “=” the rest, “?” open."""
    signs = {"whole": "", "part": "~", "rest": "=", "": "?"}
    lines = []
    for change in plan.changes:
        sources = [
            signs[source.extent] + (land.code_of(source.unit) if source.unit else "?")
            for source in change.sources
        ]
        kept = (
            land.code_of(change.result.unit) if change.result.unit else "new" if change.result.is_new else "?"
        )
        lines.append(f"{' + '.join(sources)} → {kept} {change.result.words}")
    return lines


@pytest.mark.parametrize(
    ("text", "lines"),
    [
        (
            f"Sắp xếp {ALL} xã Phú Lâm và xã Tân Hoà thành xã mới có tên gọi là xã Phú Hoà.",
            ["phu-lam + tan-hoa → new xã Phú Hoà"],
        ),
        ("Nhập xã Phú Lâm vào xã Tân Hoà.", ["phu-lam → tan-hoa xã Tân Hoà"]),
        ("Nhập xã Phú Lâm vào xã Tân Hoà và đổi tên thành xã Phú Hoà.", ["phu-lam → tan-hoa xã Phú Hoà"]),
        ("Đổi tên xã Phú Lâm thành xã Phú Sơn.", ["phu-lam → phu-lam xã Phú Sơn"]),
        (
            "Thành lập phường Phú Lâm trên cơ sở nguyên trạng xã Phú Lâm.",
            ["phu-lam → phu-lam phường Phú Lâm"],
        ),
        (
            "Chia xã Phú Lâm thành xã Phú Lâm Đông và xã Phú Lâm Tây.",
            ["~phu-lam → new xã Phú Lâm Đông", "~phu-lam → new xã Phú Lâm Tây"],
        ),
        ("Nhập xã Tân Lập vào xã Không Có.", ["? → ? xã Không Có"]),
    ],
)
def test_what_is_proposed(land, text, lines):
    assert told(land, propose(text, land.frame)) == lines


def test_a_new_unit_takes_names_and_place_from_what_it_comes_of(land):
    plan = propose(f"Sắp xếp {ALL} xã Phú Lâm và phường Cửa Nam thành phường Phú Nam.", land.frame)
    result = plan.changes[0].result
    assert (result.name, result.short_name, result.place_name) == (
        "Đảng uỷ phường Phú Nam",
        "Phường Phú Nam",
        "Phú Nam",
    )
    assert (result.issuer_name, result.header_issuer, result.header_superior) == (
        "Đảng uỷ phường Phú Nam",
        "Đảng uỷ phường Phú Nam",
        "Đảng bộ tỉnh An Bình",
    )
    assert (result.type, result.level, result.parent, result.code) == (
        "ward",
        "commune",
        land.scope.pk,
        "an-binh-phuong-phu-nam",
    )
    assert problems(plan, land.frame) == []


def test_the_district_becomes_a_special_zone(land):
    plan = propose(f"Sắp xếp {ALL} huyện Vũ Thư thành đặc khu có tên gọi là đặc khu Vũ Thư.", land.frame)
    result = plan.changes[0].result
    assert (result.unit, result.name, result.short_name, result.type, result.level) == (
        land["vu-thu"].pk,
        "Đảng uỷ đặc khu Vũ Thư",
        "Đặc khu Vũ Thư",
        "special_zone",
        "commune",
    )
    assert plan.changes[0].note == (
        "Chỉ có một đơn vị, lấy toàn bộ: giữ đơn vị đó, đổi tên hoặc loại. "
        "Đổi cấp: sau khi áp dụng, sửa ký hiệu và cách ký ở trang của đơn vị."
    )


def test_a_province_becomes_a_city(land):
    plan = propose("Chuyển tỉnh Bình Yên thành thành phố Bình Yên.", Frame(None, ON))
    result = plan.changes[0].result
    assert (result.name, result.short_name, result.issuer_name, result.header_superior) == (
        "Thành uỷ Bình Yên",
        "Thành phố Bình Yên",
        "Ban Tuyên giáo và Dân vận Thành uỷ",
        "Thành uỷ Bình Yên",
    )
    assert (result.type, result.level, result.parent, result.is_root) == ("city", "province", None, True)


def test_the_spelling_of_the_catalogue_stays_where_the_name_stays(land):
    plan = propose("Nhập xã Phú Lâm vào xã Tân Hoà.", land.frame)
    assert plan.changes[0].result.name == "Đảng uỷ xã Tân Hòa"


def test_a_number_stays_with_its_kind(land):
    plan = propose(
        f"Sắp xếp {ALL} phường Cửa Nam và xã Phú Lâm thành phường mới có tên gọi là phường 1.", land.frame
    )
    assert plan.changes[0].result.place_name == "Phường 1"


def test_units_of_several_districts_need_a_body_above(land):
    text = f"Sắp xếp {ALL} xã Tân Lập (huyện Vũ Thư) và xã Tân Lập (huyện Hưng Hà) thành xã Tân Hợp."
    plan = propose(text, land.frame)
    assert [problem.text for problem in problems(plan, land.frame)] == [
        "“Đảng uỷ xã Tân Hợp” thuộc đơn vị nào? Các đơn vị cũ thuộc nhiều nơi. Chọn đơn vị cấp trên."
    ]
    frame = Frame(land.scope, ON, under_scope=True)
    assert propose(text, frame).changes[0].result.parent == land.scope.pk
    assert problems(propose(text, frame), frame) == []


def test_a_name_that_stands_already_is_asked_about(land):
    plan = propose(
        f"Sắp xếp {ALL} xã Phú Lâm và xã Tân Hoà thành xã mới có tên gọi là xã Bình Minh.", land.frame
    )
    assert [problem.text for problem in problems(plan, land.frame)] == [
        "Đã có “xã Bình Minh” và đơn vị đó còn. Giữ đơn vị đó hay lập đơn vị mới?"
    ]
    assert plan.changes[0].result.choices == [land["binh-minh"].pk]


def test_a_namesake_among_the_sources_ends_and_a_new_unit_is_made(land):
    plan = propose(
        f"Sắp xếp {ALL} xã Phú Lâm và xã Tân Hoà thành xã mới có tên gọi là xã Phú Lâm.", land.frame
    )
    assert plan.changes[0].note == "Trùng tên một đơn vị nhập vào: lập đơn vị mới, đơn vị cũ kết thúc."
    assert plan.ended() == {land["phu-lam"].pk, land["tan-hoa"].pk}


def test_codes_are_free(land):
    Unit.objects.create(code="an-binh-xa-phu-hoa")
    text = f"1. Sắp xếp {ALL} xã Phú Lâm và xã Đổi thành xã Phú Hoà.\n2. Chia xã Bình Minh thành xã Phú Hoà và xã Minh."
    plan = propose(text, land.frame)
    assert [change.result.code for change in plan.changes] == [
        "an-binh-xa-phu-hoa-2",
        "an-binh-xa-phu-hoa-3",
        "an-binh-xa-minh",
    ]


def test_another_day_in_the_text_is_pointed_out(land):
    text = "Đổi tên xã Phú Lâm thành xã Phú Sơn. Nghị quyết này có hiệu lực từ ngày 01/07/2025."
    assert propose(text, land.frame).note == (
        "Văn bản ghi có hiệu lực từ 01/07/2025, khác với ngày đã nhập 01/12/2026. Kiểm tra lại ngày."
    )
    assert propose(text, Frame(land.scope, date(2025, 7, 1))).note == ""


def test_what_a_person_wrote_stays(land):
    plan = propose("Đổi tên xã Phú Lâm thành xã Phú Sơn.", land.frame)
    plan.changes[0].result.name = "Đảng bộ xã Phú Sơn"
    complete(plan, land.frame)
    assert plan.changes[0].result.name == "Đảng bộ xã Phú Sơn"


def test_a_plan_goes_to_json_and_back(land):
    plan = propose(
        f"1. Sắp xếp {ALL} xã Phú Lâm và xã Tân Lập thành xã Phú Hoà.\n2. Giải thể xã Đổi.", land.frame
    )
    plan.ends, plan.heirs = {land["doi"].pk: True}, {land["cua-nam"].pk: 0}
    assert Plan.from_json(plan.to_json()) == plan
    assert Plan.from_json({}) == Plan()


def test_a_name_that_becomes_free_in_the_same_text_is_not_asked_about(land):
    text = (
        f"1. Sắp xếp {ALL} xã Phú Lâm và xã Đổi thành xã mới có tên gọi là xã Bình Minh.\n"
        f"2. Sắp xếp {ALL} xã Bình Minh và xã Tân Hoà thành xã mới có tên gọi là xã Minh Hoà."
    )
    assert problems(propose(text, land.frame), land.frame) == []


def test_a_name_of_which_only_a_part_is_taken_is_asked_about(land):
    text = "Nhập một phần diện tích tự nhiên của xã Bình Minh và toàn bộ xã Đổi thành xã Bình Minh."
    plan = propose(text, land.frame)
    assert plan.changes[0].result.choices == [land["binh-minh"].pk]


def test_a_unit_that_goes_into_several_is_divided_never_merged_whole(land):
    plan = propose("Giải thể xã Phú Lâm, nhập địa bàn vào xã Tân Hoà và xã Bình Minh.", land.frame)
    assert [
        (
            change.result.unit,
            change.result.is_new,
            [(one.unit, one.extent) for one in change.sources],
            change.doubt,
        )
        for change in plan.changes
    ] == [
        (land["tan-hoa"].pk, False, [(land["phu-lam"].pk, "part")], ""),
        (land["binh-minh"].pk, False, [(land["phu-lam"].pk, "part")], ""),
    ]
    assert (plan.ends, plan.ended(), plan.unread) == ({land["phu-lam"].pk: True}, {land["phu-lam"].pk}, [])
    assert {edge.kind for edge in dry_run(plan, land.frame).edges} == {"partial"}
