"""Published figures over the years, and over what a unit came from."""

from datetime import date

import pytest

from models_dv.domain.lineage import read_lineage
from models_dv.enums import PeriodKind, SuccessionKind
from models_dv.models import UnitSuccession
from reports.domain.public_trends import trends
from tests.factories.publications import MERGED_ON, cite, figure, make_unit, merge

pytestmark = pytest.mark.django_db
TODAY = date(2026, 11, 22)


@pytest.fixture
def units():
    """Old a and b are the new c since 01/07/2025."""
    a, b, c = make_unit("a", "A"), make_unit("b", "B"), make_unit("c", "C")
    c.versions.update(valid_from=MERGED_ON)
    merge(a, b, into=c)
    return a, b, c


def publish(unit, year, *values, **options):
    kind = options.pop("kind", PeriodKind.ANNUAL)
    figures = [
        figure(code=f"K{n}", name=f"Chỉ tiêu {n}", value=value, **options)
        for n, value in enumerate(values)
        if value is not None
    ]
    slug = f"{unit.code}-{year}-{kind}"
    return cite(unit, year, slug=slug, kind=kind, figures=figures)


def of(unit, until=TODAY):
    return trends(unit.pk, read_lineage(unit.pk, after=date.min, until=date.max), until)


def points(trend):
    return [(point.year, point.words, point.note) for point in trend.points]


def test_one_year_is_no_trend_and_two_are(units):
    publish(units[2], 2025, 10)
    assert of(units[2]) == []
    publish(units[2], 2026, 12)
    (trend,) = of(units[2], date(2027, 1, 1))
    assert (trend.title, trend.claim) == ("Chỉ tiêu 0, năm 2025–2026", "Tăng 2 (20%) từ 2025 đến 2026.")
    assert points(trend) == [(2025, "10", ""), (2026, "12", "")]
    assert (trend.breaks, trend.has_line) == ((), True)


def test_whole_units_add_up_and_the_break_is_marked(units):
    a, b, c = units
    publish(a, 2024, 4, qualifier="gan")
    publish(b, 2024, 6)
    publish(c, 2025, 9)
    (trend,) = of(c)
    assert points(trend) == [(2024, "ước 10", "gần 4 + 6: A, B"), (2025, "9", "")]
    assert (trend.breaks, trend.claim) == ((MERGED_ON,), "Giảm 1 (10%) từ 2024 đến 2025.")


def test_what_one_did_not_publish_is_not_comparable(units):
    a, _b, c = units
    publish(a, 2024, 4)
    publish(c, 2025, 9)
    (trend,) = of(c)
    assert points(trend)[0] == (2024, "không so sánh được", "B chưa công bố số liệu này")
    assert (trend.has_line, trend.claim) == (False, "")


def test_what_was_split_is_not_comparable(units):
    a, b, c = units
    UnitSuccession.objects.create(
        predecessor=b, successor=make_unit("d", "D"), kind=SuccessionKind.SPLIT, on=MERGED_ON
    )
    publish(a, 2024, 4)
    publish(b, 2024, 6)
    publish(c, 2025, 9)
    (trend,) = of(c)
    assert points(trend)[0][1:] == ("không so sánh được", "B được chia cho nhiều đơn vị ngày 01/07/2025")


def test_percentages_of_several_units_are_not_added(units):
    a, b, c = units
    publish(a, 2024, 40, unit_name="%")
    publish(b, 2024, 60, unit_name="%")
    publish(c, 2025, 50, unit_name="%")
    (trend,) = of(c)
    assert points(trend)[0][2] == "Tỷ lệ của nhiều đơn vị không cộng được"


def test_a_renamed_unit_goes_on_in_percent_too():
    old, new = make_unit("cu", "Cũ"), make_unit("moi", "Mới")
    new.versions.update(valid_from=MERGED_ON)
    UnitSuccession.objects.create(predecessor=old, successor=new, kind=SuccessionKind.RENAME, on=MERGED_ON)
    publish(old, 2024, 40, unit_name="%")
    publish(new, 2025, 42.5, unit_name="%")
    (trend,) = of(new)
    assert trend.claim == "Tăng 2,5 điểm % từ 2024 đến 2025."


def test_an_ended_unit_has_its_own_years(units):
    a, _b, c = units
    publish(a, 2023, 3)
    publish(a, 2024, 3)
    publish(c, 2025, 9)
    (trend,) = of(a, date(2025, 6, 30))
    assert points(trend) == [(2023, "3", ""), (2024, "3", "")]
    assert trend.claim == "Bằng nhau giữa 2023 và 2024."


def test_half_years_and_years_are_never_one_line(units):
    c = units[2]
    publish(c, 2025, 9)
    publish(c, 2026, 5, kind=PeriodKind.HALF_YEAR)
    assert of(c) == []
    publish(c, 2025, 4, kind=PeriodKind.HALF_YEAR)
    other = make_unit("khac", "Khác")
    publish(other, 2025, 4, kind=PeriodKind.HALF_YEAR)
    publish(other, 2026, 5, kind=PeriodKind.HALF_YEAR)
    (trend,) = of(other)
    assert trend.title == "Chỉ tiêu 0, 6 tháng đầu năm 2025–2026"


def test_main_figures_first_and_only_a_few():
    unit = make_unit("x", "X")
    for year in (2023, 2024):
        publish(unit, year, 1, 2, 3, 4)
    cite(unit, 2025, slug="key", figures=[figure(code="K3", name="Chỉ tiêu 3", value=9, is_key=True)])
    assert [trend.name for trend in of(unit)] == ["Chỉ tiêu 3", "Chỉ tiêu 0", "Chỉ tiêu 1"]


def test_it_takes_one_query(units, django_assert_num_queries):
    a, b, c = units
    lineage = read_lineage(c.pk, after=date.min, until=date.max)
    for unit, year in ((a, 2023), (b, 2023), (a, 2024), (b, 2024), (c, 2025)):
        publish(unit, year, 1, 2)
    with django_assert_num_queries(1):
        assert len(trends(c.pk, lineage, TODAY)) == 2
