"""Answers to what a plan leaves open; what was not offered is passed over."""

import pytest

from models_dv.domain.reorganisation.checking import problems
from models_dv.domain.reorganisation.plan import ONE_UNIT
from models_dv.domain.reorganisation.proposing import Frame, complete, propose
from models_dv.domain.reorganisation.settling import DROP, NEW, TOP, drop_change, drop_unread, settle
from tests.factories.land import ON


def answered(land, text, **answers):
    """The plan of a text after these answers (keys with _ for -)."""
    plan = propose(text, land.frame)
    settle(plan, {key.replace("_", "-"): str(value) for key, value in answers.items()})
    complete(plan, land.frame)
    return plan


def test_one_of_the_choices(land):
    plan = answered(land, "Nhập xã Tân Lập vào xã Phú Lâm.", unit_0_0=land["lap-vu-thu"].pk)
    assert plan.changes[0].sources[0].unit == land["lap-vu-thu"].pk
    assert problems(plan, land.frame) == []


@pytest.mark.parametrize("value", ["", "x", "999999", "-1", "²"])
def test_what_was_not_offered_is_passed_over(land, value):
    plan = answered(
        land, "Nhập xã Tân Lập vào xã Phú Lâm.", unit_0_0=value, extent_0_0=value, parent_0=value and "x"
    )
    assert plan.changes[0].sources[0].unit is None


def test_a_unit_is_left_out(land):
    plan = answered(land, "Nhập xã Tân Lập và xã Đổi vào xã Phú Lâm.", unit_0_0=DROP)
    assert [source.unit for source in plan.changes[0].sources] == [land["doi"].pk]


def test_an_extent(land):
    text = "Thành lập phường Phú Hoà trên cơ sở 5 km2 của xã Phú Lâm và 3 km2 của xã Đổi."
    plan = answered(land, text, extent_0_0="whole", extent_0_1="part")
    assert [source.extent for source in plan.changes[0].sources] == ["whole", "part"]
    assert problems(plan, land.frame) == []


def test_the_whole_of_one_unit_goes_on_as_that_unit(land):
    plan = answered(land, "Thành lập phường Phú Lâm trên cơ sở 5 km2 của xã Phú Lâm.", extent_0_0="whole")
    result = plan.changes[0].result
    assert (result.unit, result.is_new, result.code, result.name) == (
        land["phu-lam"].pk,
        False,
        "",
        "Đảng uỷ phường Phú Lâm",
    )
    assert plan.changes[0].note == ONE_UNIT


def test_a_name_that_stands_is_kept_or_made_anew(land):
    text = "Hợp nhất xã Phú Lâm và xã Tân Hoà thành xã Bình Minh."
    kept = answered(land, text, result_0=land["binh-minh"].pk)
    assert (kept.kept(), problems(kept, land.frame)) == ({land["binh-minh"].pk}, [])
    new = answered(land, text, result_0=NEW)
    assert (new.kept(), new.changes[0].result.is_new, problems(new, land.frame)) == (set(), True, [])


def test_the_body_above(land):
    text = "Hợp nhất xã Tân Lập (huyện Vũ Thư) và xã Tân Lập (huyện Hưng Hà) thành xã Tân Hợp."
    plan = answered(land, text, parent_0=land["vu-thu"].pk)
    assert plan.changes[0].result.parent == land["vu-thu"].pk
    top = answered(land, text, parent_0=TOP)
    assert (top.changes[0].result.parent, top.changes[0].result.is_root) == (None, True)


def test_a_doubt_is_confirmed(land):
    plan = answered(land, "Nhập xã Phú Lâm hoặc xã Đổi vào xã Tân Hoà.", sure_0="1")
    assert problems(plan, land.frame) == []


def test_what_becomes_of_the_rest(land):
    text = "Nhập một phần diện tích tự nhiên của xã Phú Lâm vào xã Đổi."
    unit = land["phu-lam"].pk
    assert answered(land, text).ended() == set()
    assert answered(land, text, **{f"ends_{unit}": "1"}).ended() == {unit}


def test_heirs(land):
    child = land["lap-vu-thu"].pk
    text = "Chia huyện Vũ Thư thành huyện Vũ và huyện Thư."
    assert answered(land, text, **{f"heir_{child}": "1"}).heirs == {child: 1}
    assert answered(land, text, **{f"heir_{child}": "7"}).heirs == {}


def test_dropping_moves_the_numbers_up(land):
    text = "1. Đổi tên xã Đổi thành xã Mới.\n2. Chia huyện Vũ Thư thành huyện Vũ và huyện Thư.\n3. Giải thể xã Cũ."
    plan = propose(text, land.frame)
    plan.heirs = {11: 0, 12: 2}
    drop_change(plan, 0)
    drop_unread(plan, 0)
    assert (len(plan.changes), plan.heirs, plan.unread) == (2, {12: 1}, [])
    for number in (-1, 5):
        drop_change(plan, number)
        drop_unread(plan, number)
    assert len(plan.changes) == 2


def test_a_scope_is_not_needed(land):
    plan = propose("Nhập tỉnh Bình Yên vào tỉnh An Bình.", Frame(None, ON))
    assert problems(plan, Frame(None, ON)) == []


def test_a_unit_chosen_by_its_former_name_keeps_the_name_it_has(land):
    plan = answered(land, "Nhập xã Phú Lâm vào xã Xưa.", result_0=land["doi"].pk)
    result = plan.changes[0].result
    assert (result.unit, result.name, result.short_name) == (land["doi"].pk, "Đảng uỷ xã Đổi", "Xã Đổi")
    renamed = answered(land, "Nhập xã Phú Lâm vào xã Xưa và đổi tên thành xã Sau.", result_0=land["doi"].pk)
    assert renamed.changes[0].result.name == "Đảng uỷ xã Sau"


def test_nothing_is_filled_in_while_the_unit_is_not_known(land):
    plan = propose("Nhập xã Phú Lâm vào xã Xưa.", land.frame)
    assert (plan.changes[0].result.name, plan.changes[0].result.unit) == ("", None)
