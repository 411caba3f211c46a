"""Names of units inside other queries: of the day asked for, or of a day in the row."""

from datetime import date

import pytest
from django.db.models import OuterRef

from models_dv.domain import unit_names
from models_dv.domain.unit_names import unit_name, units_from, units_meant, units_named, with_below
from models_dv.models import Task, Unit, UnitVersion
from tests.factories.nouns import make_task
from tests.factories.world import make_world

pytestmark = pytest.mark.django_db


@pytest.fixture(scope="module")
def scene(rows_of_module):
    world = make_world()
    version = UnitVersion.objects.get(unit=world.communes[0])
    version.pk, version.valid_from = None, date(2026, 3, 1)
    version.name = version.issuer_name = "Đảng uỷ phường Phú Lâm"
    version.short_name = "Phường Phú Lâm"
    version.save()
    return world


@pytest.mark.parametrize(
    ("day", "name", "short"),
    [
        (date(2026, 2, 28), "Đảng uỷ xã Phú Lâm", "Xã Phú Lâm"),
        (date(2026, 3, 1), "Đảng uỷ phường Phú Lâm", "Phường Phú Lâm"),
        (date(2019, 1, 1), None, None),
    ],
)
def test_the_name_of_a_day(world, day, name, short):
    rows = Unit.objects.filter(pk=world.communes[0].pk)
    named = rows.annotate(full=unit_name("pk", day), short=unit_name("pk", day, short=True)).get()
    assert (named.full, named.short) == (name, short)


def test_the_name_of_a_day_that_stands_in_the_row(world):
    make_task(world, given_on=date(2026, 1, 5), due_in=None)
    task = Task.objects.annotate(name=unit_name("lead_unit", OuterRef("given_on"))).get()
    assert task.name == "Đảng uỷ xã Phú Lâm"


@pytest.mark.parametrize(
    ("typed", "codes"),
    [("phu lam", ["xa-1"]), ("phường", ["xa-1"]), ("xa", ["xa-2", "xa-3"]), ("lam phu", ["xa-1"])],
)
def test_units_by_words_that_begin_one_of_the_name_of_the_day(world, typed, codes):
    found = Unit.objects.filter(pk__in=units_named(typed, date(2026, 4, 1))).order_by("code")
    assert [unit.code for unit in found] == codes


def test_units_and_all_below_them(world):
    day = date(2026, 4, 1)
    assert units_from([world.province.pk], day).count() == 4
    assert list(units_from([world.communes[0].pk], day)) == [world.communes[0]]
    assert list(units_from([], day)) == []


def test_with_what_is_below_there_are_never_fewer(world, monkeypatch):
    monkeypatch.setattr(unit_names, "MOST_NAMED", 1)
    named = units_meant("xa")
    assert set(named.values_list("pk", flat=True)) <= set(
        with_below(named, date(2026, 4, 1)).values_list("unit", flat=True)
    )
    assert with_below(units_meant("an binh"), date(2026, 4, 1)).count() == 4
