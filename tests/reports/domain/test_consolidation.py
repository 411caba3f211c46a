"""Own | Below | Total: sums, stocks, ratios, computed cells, who counts and who is named missing."""

from decimal import Decimal

import pytest

from reports.domain import filling
from reports.domain.consolidation import coverage, parts_of_total, totals
from reports.enums import Action, FigureSource, Qualifier
from reports.models import FrozenTotal
from tests.factories.world import entry_for

pytestmark = pytest.mark.django_db


def live(world):
    return totals(world.edition(world.province))


def test_only_accepted_communes_count_and_the_others_are_named(world):
    world.accepted(world.communes[0], A1=10, A2=4)
    world.issued(world.communes[1], A1=100)
    world.write(world.province, A1=1)
    total = live(world)["A1"]
    assert (total.own, total.below, total.total, total.counted) == (1, 10, 11, 1)
    found = coverage(world.report(world.province))
    assert (found.expected, found.accepted, found.missing) == (3, 1, ("Xã Tân Hoà", "Xã Bình Minh"))
    assert live(world)["A2"].total == 4


def test_issued_total_equals_own_plus_communes_and_names_the_missing(world):
    world.accepted(world.communes[0], A1=10)
    world.accepted(world.communes[1], A1=20)
    world.issued(world.province, number=3, A1=5)
    edition = world.edition(world.province)
    frozen = FrozenTotal.objects.get(edition=edition, indicator=world.indicator("A1"))
    assert (frozen.own, frozen.below, frozen.total) == (5, 30, 35)
    assert edition.coverage == {"expected": 3, "accepted": 2, "missing": ["Xã Bình Minh"]}


def test_a_corrected_report_counts_with_its_first_edition_while_the_second_is_drafted(world):
    world.accepted(world.communes[0], A1=10)
    world.do(Action.CORRECT, world.approver, note="Sửa")
    world.enter(A1=12)
    assert live(world)["A1"].below == 10


def test_ratio_is_the_ratio_of_sums_over_units_that_gave_both(world):
    world.accepted(world.communes[0], E6=10, E7=5)
    world.accepted(world.communes[1], E6=30, E7=30)
    world.accepted(world.communes[2], E6=1000)
    assert live(world)["E8"].below == Decimal("87.5")


def test_zero_denominator_gives_no_ratio(world):
    world.accepted(world.communes[0], E6="none", E7="none")
    assert live(world)["E8"].below is None
    assert live(world)["E6"].below == 0


def test_computed_cells_come_from_the_sums(world):
    world.accepted(world.communes[0], K3a=3, K3b=1)
    world.accepted(world.communes[1], K3a=5, K3b=2)
    world.write(world.province, K3a=1, K3b=0)
    total = live(world)["K3"]
    assert (total.own, total.below, total.total) == (1, 11, 12)


def test_no_data_adds_nothing_and_is_named(world):
    world.accepted(world.communes[0], A1=10)
    world.accepted(world.communes[1], A1=("no_data", "Chưa thống kê"))
    total = live(world)["A1"]
    assert (total.below, total.counted, total.missing) == (10, 1, ("Xã Tân Hoà",))


def test_a_qualified_addend_makes_the_total_an_estimate(world):
    world.accepted(world.communes[0], K4=("gan", 250), K3a=300, K3b=0)
    world.write(world.province, K4=1)
    assert (live(world)["K4"].total, live(world)["K4"].qualifier) == (251, Qualifier.ESTIMATED)


def test_adjustment_with_its_reason_is_part_of_the_total(world):
    world.accepted(world.communes[0], A1=10)
    edition = world.edition(world.province)
    entry = filling.FigureEntry(**{**entry_for(-2).__dict__, "note": "Xã báo trùng"})
    filling.save_figures(
        edition,
        {world.indicator("A1").pk: entry},
        actor=world.province_author,
        source=FigureSource.ADJUSTMENT,
    )
    total = live(world)["A1"]
    assert (total.below, total.adjustment, total.total) == (10, -2, 8)


@pytest.mark.parametrize("above", [False, True], ids=["its own", "of a unit below"])
def test_an_adjustment_counts_in_the_ratio_as_in_the_sums(world, above):
    """6 of 10 and 30 of 30, one of them counted twice: 35 of 40; what gave only one of the two stays out."""
    world.accepted(world.communes[0], E6=10, E7=6)
    world.accepted(world.communes[2], E6=1000)
    unit, actor = world.communes[1], world.author_of(world.communes[1])
    world.write(unit, E6=30, E7=30)
    if not above:
        world.write(world.province, A1=1)
        unit, actor = world.province, world.province_author
    entry = filling.FigureEntry(**{**entry_for(-1).__dict__, "note": "Trùng"})
    filling.save_figures(
        world.edition(unit),
        {world.indicator("E7").pk: entry},
        actor=actor,
        source=FigureSource.ADJUSTMENT,
    )
    second = world.communes[1]
    world.do(Action.SUBMIT, world.author_of(second), second)
    world.do(Action.APPROVE, world.approver_of(second), second)
    world.issue(second, number=2)
    world.do(Action.ACCEPT, world.reviewer, second)
    assert live(world)["E8"].total == Decimal("87.5")


def test_what_a_total_is_made_of(world):
    world.accepted(world.communes[0], A1=10)
    world.issued(world.communes[1], A1=7)
    parts = parts_of_total(world.report(world.province), world.indicator("A1"))
    assert [(part.counts, part.figure and part.figure.value) for part in parts] == [
        (True, 10),
        (False, None),
        (False, None),
    ]


def test_number_of_queries_does_not_grow_with_units(world, django_assert_num_queries):
    world.accepted(world.communes[0], A1=10, E6=1, E7=1)
    edition = world.edition(world.province)
    with django_assert_num_queries(4):
        totals(edition)
    world.accepted(world.communes[1], A1=10, E6=1, E7=1)
    world.accepted(world.communes[2], A1=10, E6=1, E7=1)
    with django_assert_num_queries(4):
        totals(edition)
