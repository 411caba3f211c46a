"""Figures of other periods: the unit's own, those of the units it came from, and when nothing is compared."""

from datetime import date
from decimal import Decimal

import pytest

from models_dv.enums import PeriodKind, SuccessionKind
from reports.domain.series import NOTHING, OtherPeriod, other_periods, previous_period, same_period
from reports.enums import Qualifier
from reports.models import Figure, FrozenTotal
from tests.factories.world import make_round
from tests.reports.domain.reorganised import CHANGE, change, first_year, found_unit, second_year

pytestmark = pytest.mark.django_db


@pytest.fixture(scope="module")
def scene(rows_of_module):
    return first_year()


def merged(world, place="Hợp Nhất", *old, **options):
    """A commune made of the first two (or of those named), with the half year 2026 open."""
    unit = found_unit(world, place)
    change(*(old or world.communes[:2]), into=unit, **options)
    second_year(world)
    return unit


def last_year(world, unit) -> OtherPeriod:
    return same_period(world.report(unit))


def test_the_unit_has_its_own_report(world):
    world.accepted(K4=("gan", 250))
    second_year(world)
    found = last_year(world, world.communes[0])
    assert (found.label, found.sources, found.not_comparable) == ("6 tháng đầu năm 2025", (), "")
    known = found.known("K4", on_total=True)
    assert (known.value, known.qualifier, known.parts, known.provenance) == (250, "gan", (), "")


def test_ten_and_eleven_make_twenty_one_and_say_so(world):
    world.accepted(world.communes[0], number=1, A1=10)
    world.accepted(world.communes[1], number=2, A1=11)
    stored = list(FrozenTotal.objects.order_by("pk").values())
    unit = merged(world)
    found = last_year(world, unit)
    for on_total in (False, True):
        known = found.known("A1", on_total=on_total)
        assert (known.value, known.qualifier) == (21, "")
        assert known.provenance == "10 + 11: Đảng uỷ xã Phú Lâm, Đảng uỷ xã Tân Hoà"
        assert [part.value for part in known.parts] == [10, 11]
    assert found.sources == ("Đảng uỷ xã Phú Lâm", "Đảng uỷ xã Tân Hoà")
    assert (found.label, found.edition_id) == ("6 tháng đầu năm 2025", None)
    # What the two said stays as it was.
    assert list(FrozenTotal.objects.order_by("pk").values()) == stored
    assert list(Figure.objects.filter(indicator__code="A1").values_list("value", flat=True)) == [10, 11]


def test_a_unit_that_takes_another_in_is_compared_with_both(world):
    world.accepted(world.communes[0], number=1, A1=10)
    world.accepted(world.communes[1], number=2, A1=11)
    change(world.communes[1], into=world.communes[0])
    second_year(world)
    known = last_year(world, world.communes[0]).known("A1", on_total=True)
    assert known.provenance == "10 + 11: Đảng uỷ xã Phú Lâm, Đảng uỷ xã Tân Hoà"


def test_names_are_those_of_the_day(world):
    world.accepted(world.communes[0], number=1, A1=10)
    unit = merged(world, "Mới", world.communes[0], kind=SuccessionKind.RENAME)
    world.communes[0].versions.update(short_name="Tên sau này")
    known = last_year(world, unit).known("A1", on_total=True)
    assert (known.value, known.provenance) == (10, "theo số của Đảng uỷ xã Phú Lâm")


@pytest.mark.parametrize("kind", [SuccessionKind.RENAME, SuccessionKind.RETYPE])
def test_a_renamed_or_retyped_unit_goes_on(world, kind):
    world.accepted(world.communes[0], number=1, A1=("hon", 10))
    unit = merged(world, "Mới", world.communes[0], kind=kind)
    known = last_year(world, unit).known("A1", on_total=True)
    assert (known.value, known.qualifier) == (10, "hon")


def test_a_name_that_changes_keeps_the_unit(world):
    world.accepted(A1=10)
    version = world.communes[0].versions.get()
    version.pk, version.valid_from, version.name = None, CHANGE, "Đảng uỷ phường Phú Lâm"
    version.save()
    second_year(world)
    found = last_year(world, world.communes[0])
    assert (found.known("A1", on_total=True).value, found.sources) == (10, ())


@pytest.mark.parametrize("kind", [SuccessionKind.SPLIT, SuccessionKind.MERGE, SuccessionKind.PARTIAL])
def test_a_unit_that_went_to_several_is_not_comparable(world, kind):
    for number, commune in enumerate(world.communes[:2], start=1):
        world.accepted(commune, number=number, A1=10)
    unit = found_unit(world, "Hợp Nhất")
    change(*world.communes[:2], into=unit)
    change(world.communes[1], into=world.communes[2], kind=kind)
    second_year(world)
    found = last_year(world, unit)
    assert found.not_comparable == "Xã Tân Hoà được chia cho nhiều đơn vị ngày 01/07/2025"
    assert (found.own, found.total, found.label) == ({}, {}, "6 tháng đầu năm 2025")
    assert found.why_not("A1", on_total=True) == found.not_comparable
    assert last_year(world, world.communes[2]).not_comparable == found.not_comparable


@pytest.mark.parametrize(
    ("kind", "reason"),
    [
        (SuccessionKind.SPLIT, "Xã Mới tách ra từ Xã Phú Lâm ngày 01/07/2025"),
        (SuccessionKind.PARTIAL, "Một phần của Xã Phú Lâm nhập vào Xã Mới ngày 01/07/2025"),
    ],
)
def test_a_part_is_not_comparable_on_either_side(world, kind, reason):
    world.accepted(A1=10)
    unit = found_unit(world, "Mới")
    change(world.communes[0], into=unit, kind=kind, ends=False)
    second_year(world)
    assert last_year(world, unit).not_comparable == reason
    assert last_year(world, world.communes[0]).not_comparable == (
        "Một phần của Xã Phú Lâm chuyển sang Xã Mới ngày 01/07/2025"
    )


def test_a_missing_report_of_one_predecessor_is_named(world):
    world.accepted(world.communes[0], number=1, A1=10)
    world.write(world.communes[1], A1=11)
    found = last_year(world, merged(world))
    assert found.not_comparable == "Chưa có báo cáo 6 tháng đầu năm 2025 của Xã Tân Hoà"
    assert found.total == {}


def test_without_any_report_nothing_was_counted(world):
    assert last_year(world, merged(world)) is NOTHING
    assert last_year(world, world.province) is NOTHING


def test_two_changes_in_a_row(world):
    for number, (commune, value) in enumerate(zip(world.communes, (1, 2, 4), strict=True), start=1):
        world.accepted(commune, number=number, A1=value)
    middle = found_unit(world, "Giữa")
    change(*world.communes[:2], into=middle)
    last = found_unit(world, "Cuối", date(2026, 1, 1))
    change(middle, world.communes[2], into=last, on=date(2026, 1, 1))
    second_year(world)
    known = last_year(world, last).known("A1", on_total=True)
    assert known.provenance == "1 + 2 + 4: Đảng uỷ xã Phú Lâm, Đảng uỷ xã Tân Hoà, Đảng uỷ xã Bình Minh"


def test_a_circle_of_changes_is_not_followed(world):
    world.accepted(world.communes[0], A1=10)
    change(world.communes[1], into=world.communes[0], ends=False)
    change(world.communes[0], into=world.communes[1], ends=False)
    second_year(world)
    assert last_year(world, world.communes[0]).total == {}


def test_a_ratio_is_the_ratio_of_the_sums(world):
    world.accepted(world.communes[0], number=1, E6=10, E7=5)
    world.accepted(world.communes[1], number=2, E6=30, E7=30)
    found = last_year(world, merged(world))
    known = found.known("E8", on_total=True)
    assert (known.value, known.provenance) == (
        Decimal("87.5"),
        "tính chung: Đảng uỷ xã Phú Lâm, Đảng uỷ xã Tân Hoà",
    )


def test_a_ratio_that_leaves_units_out_is_not_put_together(world):
    world.accepted(world.communes[0], number=1, E6=10, E7=5)
    world.accepted(world.communes[1], number=2, E6=30, E7=30)
    FrozenTotal.objects.filter(indicator__code="E6", total=30).update(total=40)
    found = last_year(world, merged(world))
    assert found.known("E8", on_total=True) is None
    assert found.why_not("E8", on_total=True) == "Tỷ lệ của Đảng uỷ xã Tân Hoà chưa tính trên đủ các đơn vị"
    assert found.known("E8", on_total=False).value == Decimal("87.5")


def test_half_a_pair_gives_no_ratio(world):
    world.accepted(world.communes[0], number=1, E6=10, E7=5)
    world.accepted(world.communes[1], number=2, E6=30)
    found = last_year(world, merged(world))
    assert found.why_not("E8", on_total=True) == "Đảng uỷ xã Tân Hoà chưa đủ số liệu để tính tỷ lệ"


def test_computed_figures_add_up(world):
    world.accepted(world.communes[0], number=1, K3a=3, K3b=1)
    world.accepted(world.communes[1], number=2, K3a=5, K3b=2)
    assert last_year(world, merged(world)).known("K3", on_total=True).value == 11


def test_a_figure_that_one_did_not_have_is_named_and_zero_is_a_number(world):
    world.accepted(world.communes[0], number=1, A1=10, A2=4, A3=1)
    world.accepted(world.communes[1], number=2, A1=("no_data", "Chưa đếm"), A2="none")
    found = last_year(world, merged(world))
    assert found.known("A1", on_total=True) is None
    assert found.why_not("A1", on_total=True) == "Đảng uỷ xã Tân Hoà chưa có số liệu"
    assert found.known("A2", on_total=True).provenance.startswith("4 + 0:")
    assert found.why_not("A3", on_total=True) == "Đảng uỷ xã Tân Hoà chưa có số liệu"
    assert (found.known("A4", on_total=True), found.why_not("A4", on_total=True)) == (None, "")


def test_a_qualified_addend_makes_the_sum_an_estimate(world):
    world.accepted(world.communes[0], number=1, A1=("gan", 10))
    world.accepted(world.communes[1], number=2, A1=11)
    known = last_year(world, merged(world)).known("A1", on_total=True)
    assert (known.value, known.qualifier) == (21, Qualifier.ESTIMATED)
    assert known.provenance == "gần 10 + 11: Đảng uỷ xã Phú Lâm, Đảng uỷ xã Tân Hoà"


def test_a_change_after_the_window_or_before_the_other_one_is_none_of_this(world):
    world.accepted(A1=10)
    second_year(world)
    change(world.communes[1], into=world.communes[0], on=date(2025, 6, 14), ends=False)
    change(world.communes[2], into=world.communes[0], on=date(2026, 6, 15), ends=False)
    found = last_year(world, world.communes[0])
    assert (found.known("A1", on_total=True).value, found.not_comparable) == (10, "")


def test_the_period_just_before_follows_the_lineage_too(world):
    world.round = make_round(world.province, kind=PeriodKind.ANNUAL, year=2025, opened_by=world.admin)
    world.accepted(world.communes[0], number=1, A1=10)
    world.accepted(world.communes[1], number=2, A1=11)
    unit = found_unit(world, "Hợp Nhất", date(2026, 3, 1))
    change(*world.communes[:2], into=unit, on=date(2026, 3, 1))
    second_year(world)
    found = previous_period(world.report(unit))
    assert (found.label, found.known("A1", on_total=True).value) == ("năm 2025", 21)


def test_both_periods_together_are_what_each_is_alone(world):
    for number, commune in enumerate(world.communes, start=1):
        world.accepted(commune, number=number, A1=10 + number)
    world.issued(world.province, number=5, A1=1)
    world.round = make_round(world.province, kind=PeriodKind.ANNUAL, year=2025, opened_by=world.admin)
    for number, commune in enumerate(world.communes[:2], start=11):
        world.accepted(commune, number=number, A1=20)
    units = [found_unit(world, place, date(2026, 3, 1)) for place in ("Hợp Nhất", "Mới")]
    change(*world.communes[:2], into=units[0], on=date(2026, 3, 1))
    change(world.communes[2], into=units[1], on=date(2026, 3, 1))
    second_year(world)
    for unit in (world.province, *units):
        report = world.report(unit)
        assert other_periods(report) == (same_period(report), previous_period(report))
    totals = [one.known("A1", on_total=True) for one in other_periods(world.report(units[0]))]
    assert [known.value for known in totals] == [23, 40]
    lone, reason = other_periods(world.report(units[1]))
    assert (lone.known("A1", on_total=True).value, reason) == (13, NOTHING)


def test_the_province_stays_the_same_unit(world):
    world.accepted(world.communes[0], number=1, A1=10)
    world.issued(world.province, number=5, A1=1)
    merged(world)
    known = last_year(world, world.province).known("A1", on_total=True)
    assert (known.value, known.parts) == (11, ())


def test_provinces_that_merge_add_their_own_and_their_totals(world):
    world.accepted(world.communes[0], number=1, A1=10)
    world.issued(world.province, number=5, A1=1)
    unit = found_unit(world, "Hợp Nhất")
    change(world.province, into=unit)
    world.round = make_round(unit, year=2026, opened_by=world.admin)
    found = last_year(world, unit)
    assert (found.known("A1", on_total=False).value, found.known("A1", on_total=True).value) == (1, 11)


def test_number_of_queries(world, django_assert_num_queries):
    """One where nothing changed, two more where it did, three where twice; both periods cost what one costs."""
    for number, commune in enumerate(world.communes, start=1):
        world.accepted(commune, number=number, A1=10)
    middle = found_unit(world, "Giữa")
    change(world.communes[1], into=middle)
    last = found_unit(world, "Cuối", date(2026, 1, 1))
    change(middle, into=last, on=date(2026, 1, 1))
    once = found_unit(world, "Mới")
    change(world.communes[2], into=once)
    second_year(world)
    for unit, count in ((world.communes[0], 1), (once, 3), (last, 4)):
        report = world.report(unit)
        for read in (same_period, other_periods):
            with django_assert_num_queries(count):
                read(report)
