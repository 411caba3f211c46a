"""K0 – K9 counted from the registry, exactly, with the models behind each number."""

from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from models_dv.domain.kheo_counts import CODES, Window, behind, counts
from models_dv.domain.kheo_facts import FactEntry
from models_dv.enums import AwardKind, FactKind, KheoField, KheoKind, UnitLevel
from tests.factories.kheo import make_model

pytestmark = pytest.mark.django_db
HALF_YEAR = Window(date(2025, 12, 15), date(2026, 6, 14))
YEAR = Window(date(2025, 12, 15), date(2026, 12, 14))
YEAR_BEFORE = Window(date(2024, 12, 15), date(2025, 12, 14))
FIRST, LAST, AFTER = date(2025, 12, 15), date(2026, 6, 14), date(2026, 6, 15)
NOTHING = dict.fromkeys(CODES, 0)


@pytest.fixture
def add(world):
    """Add a model of the first commune with its facts; registered on the day before the window."""

    def make(*facts, on=date(2025, 12, 14), unit=None, **values):
        unit = unit or world.communes[0]
        return make_model(unit, world.author_of(unit), on=on, facts=facts, **values)

    return make


def numbers(world, window=HALF_YEAR) -> dict[str, int]:
    """What is not 0."""
    return {code: n for code, n in counts(world.communes[0].pk, window).items() if n}


def launched(on=FIRST):
    return (FactKind.LAUNCHED, on)


def year_only(kind, year, **more):
    return FactEntry(kind, date(year, 1, 1), year_only=True, **more)


def award(kind, on, level=UnitLevel.COMMUNE):
    return FactEntry(FactKind.AWARDED, on, level=level, award_kind=kind)


def test_an_empty_registry_says_nothing(world):
    assert counts(world.communes[0].pk, HALF_YEAR) == {}


def test_a_registry_in_which_nothing_happened_says_0(world, add):
    add()
    assert counts(world.communes[0].pk, HALF_YEAR) == NOTHING


def test_registered_launched_effective_are_counted_in_the_window_only(world, add):
    add(launched(FIRST), on=FIRST)
    add(launched(LAST), (FactKind.EFFECTIVE, LAST), (FactKind.EFFECTIVE, FIRST), on=LAST)
    add(launched(AFTER), (FactKind.EFFECTIVE, AFTER), on=AFTER)
    add(launched(date(2025, 12, 14)), (FactKind.EFFECTIVE, date(2025, 12, 14)))
    found = numbers(world)
    assert (found["K0"], found["K1"], found["K2"]) == (2, 2, 1)
    assert found["K3a"] == 3


def test_what_stands_is_counted_on_the_last_day_by_kind_and_field(world, add):
    fields = [KheoField.ECONOMY, KheoField.CULTURE, KheoField.CULTURE, KheoField.SECURITY, KheoField.POLITICS]
    for field in fields:
        add(launched(), field=field)
    add(launched(), field=KheoField.ECONOMY, kind=KheoKind.EXAMPLE)
    add(launched(), (FactKind.STOPPED, LAST), field=KheoField.ECONOMY)
    add(launched(), (FactKind.STOPPED, AFTER), field=KheoField.SECURITY)
    add(field=KheoField.POLITICS)
    found = numbers(world)
    assert found == {
        "K0": 8,
        "K3a": 6,
        "K3b": 1,
        "K5a": 2,
        "K5b": 2,
        "K5c": 2,
        "K5d": 1,
        "K7": 1,
    }
    assert found["K3a"] + found["K3b"] == sum(found[code] for code in ("K5a", "K5b", "K5c", "K5d"))


def test_typical_ones_are_among_those_that_stand(world, add):
    typical = (FactKind.TYPICAL, date(2025, 3, 1))
    add(launched(), typical)
    add(launched(), (FactKind.TYPICAL, AFTER))
    add(launched(), typical, (FactKind.STOPPED, LAST))
    add(typical)
    assert numbers(world)["K4"] == 1


def test_copies_are_counted_where_they_were_launched(world, add):
    origin = add(launched(), unit=world.communes[1])
    add(launched(), origin=origin)
    add(origin=origin)
    assert numbers(world)["K6"] == 1
    assert counts(world.communes[1].pk, HALF_YEAR)["K6"] == 0


def test_awards_are_counted_one_by_one(world, add):
    add(award(AwardKind.MERIT, FIRST), award(AwardKind.MERIT, LAST), award(AwardKind.PRAISE, LAST))
    add(award(AwardKind.MERIT, AFTER), award(AwardKind.OTHER, FIRST), award(AwardKind.PRAISE, FIRST))
    assert numbers(world) == {"K8": 2, "K9": 2}


def test_only_the_units_own_registry_counts(world, add):
    add(launched(), award(AwardKind.MERIT, FIRST))
    add(launched(), award(AwardKind.MERIT, FIRST), unit=world.communes[1])
    assert numbers(world) == {"K0": 1, "K3a": 1, "K5b": 1, "K8": 1}
    assert counts(world.province.pk, HALF_YEAR) == {}


def test_a_year_alone_counts_once_in_the_annual_window_of_the_year(world, add):
    add(year_only(FactKind.LAUNCHED, 2026), year_only(FactKind.EFFECTIVE, 2025))
    assert numbers(world, YEAR_BEFORE) == {"K1": 1, "K2": 1}
    assert numbers(world, HALF_YEAR) == {}
    assert numbers(world, YEAR) == {"K0": 1, "K3a": 1, "K5b": 1}
    assert numbers(world, Window(date(2026, 12, 15), date(2027, 6, 14))) == {"K3a": 1, "K5b": 1}


def test_the_models_behind_every_number_are_as_many_as_it_says(world, add):
    origin = add(launched(), unit=world.communes[1])
    fact = FactEntry(FactKind.EFFECTIVE, FIRST)
    add(launched(), fact, award(AwardKind.MERIT, FIRST), award(AwardKind.PRAISE, LAST), on=FIRST)
    add(launched(), (FactKind.TYPICAL, FIRST), origin=origin, kind=KheoKind.EXAMPLE)
    add(launched(), (FactKind.STOPPED, LAST))
    for field in KheoField:
        add(launched(), field=field)
    unit, found = world.communes[0].pk, counts(world.communes[0].pk, HALF_YEAR)
    assert {code: behind(code, unit, HALF_YEAR).count() for code in CODES} == found
    assert 0 not in found.values()


def test_the_list_behind_says_which_day_counted(world, add):
    model = add(
        launched(FIRST),
        award(AwardKind.MERIT, FIRST),
        award(AwardKind.MERIT, LAST),
        award(AwardKind.MERIT, AFTER),
    )
    unit = world.communes[0].pk
    assert [(m.pk, m.counted_on, m.awards) for m in behind("K8", unit, HALF_YEAR)] == [(model.pk, FIRST, 2)]
    assert [m.counted_on for m in behind("K3a", unit, YEAR)] == [FIRST]


def test_all_numbers_cost_one_query(world, add):
    add(launched())
    with CaptureQueriesContext(connection) as queries:
        counts(world.communes[0].pk, HALF_YEAR)
    assert len(queries) == 1
