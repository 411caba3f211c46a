"""The tree through time: laid out at once or branch by branch, and read as of a day."""

from datetime import date, timedelta
from random import Random

import pytest

from models_dv.domain.units import line_above, rebuild_paths, segment, segments
from models_dv.models import Unit, UnitPath, UnitVersion
from tests.factories.world import make_commune, make_province

pytestmark = pytest.mark.django_db
DAYS = [date(2019, 1, 1) + timedelta(days=200 * number) for number in range(12)]


def stored():
    """Every row of the table of paths, without its id."""
    return sorted(UnitPath.objects.values_list("unit_id", "valid_from", "path", "depth", "valid_to"))


def version(unit, day, parent=None):
    """A version of which only day and parent matter."""
    return UnitVersion.objects.create(
        unit=unit, valid_from=day, parent=parent, name=unit.code, short_name=unit.code
    )


def plain_path(unit_id, day, parents) -> str:
    """The path by the definition: up to the top, or to the smallest id of a circle."""
    line = []
    while unit_id in parents and unit_id not in line:
        line.append(unit_id)
        unit_id = parents[unit_id]
    if unit_id in line:
        circle = line[line.index(unit_id) :]
        line = line[: line.index(min(circle)) + 1]
    return "".join(segment(one) for one in reversed(line))


def tree_of(day) -> dict[int, str]:
    """{unit: path} of a day, straight from the versions."""
    parents = {}
    for unit in Unit.objects.prefetch_related("versions"):
        begun = [row for row in unit.versions.all() if row.valid_from <= day]
        if begun and not (unit.ended_on and unit.ended_on <= day):
            parents[unit.pk] = max(begun, key=lambda row: row.valid_from).parent_id
    return {unit_id: plain_path(unit_id, day, parents) for unit_id in parents}


def random_history(random: Random, count: int = 25) -> list[Unit]:
    """Units that come, move and end on random days; now and then in a circle, or under what is no more."""
    units = [Unit.objects.create(code=f"u{number}") for number in range(count)]
    for unit in units:
        for day in random.sample(DAYS, random.choice([1, 1, 1, 2, 3])):
            parent = random.choice([None, *units])
            version(unit, day, None if parent == unit else parent)
        if random.random() < 0.2:
            unit.ended_on = random.choice(DAYS)
            unit.save()
    return units


def change(random: Random, units: list[Unit]) -> set[int]:
    """Something changes of some units; which."""
    changed = random.sample(units, random.choice([1, 1, 2, 4]))
    for unit in changed:
        act = random.choice(["move", "end", "live on", "new version", "one version less"])
        row = random.choice(unit.versions.all())
        parent = random.choice([None, *(other for other in units if other != unit)])
        if act == "move":
            unit.versions.filter(pk=row.pk).update(parent=parent)
        elif act in ("end", "live on"):
            unit.ended_on = random.choice(DAYS) if act == "end" else None
            unit.save()
        elif act == "new version":
            free = sorted(set(DAYS) - set(unit.versions.values_list("valid_from", flat=True)))
            version(unit, random.choice(free), parent)
        elif unit.versions.count() > 1:
            row.delete()
    return {unit.pk for unit in changed}


@pytest.mark.parametrize("seed", range(6))
def test_a_full_layout_is_what_the_versions_say_on_every_day(seed):
    random_history(Random(seed))
    rebuild_paths()
    for day in [*DAYS, date(2018, 1, 1), date(2026, 1, 1)]:
        assert dict(UnitPath.objects.current(day).values_list("unit_id", "path")) == tree_of(day)


@pytest.mark.parametrize("seed", range(12))
def test_a_branch_is_laid_out_as_the_whole_would_be(seed):
    random = Random(seed)
    units = random_history(random)
    rebuild_paths()
    for _step in range(8):
        rebuild_paths(change(random, units))
        by_branch = stored()
        rebuild_paths()
        assert by_branch == stored()


def test_what_does_not_change_is_not_written():
    random = Random(3)
    random_history(random)
    assert rebuild_paths() == UnitPath.objects.count()
    ids = set(UnitPath.objects.values_list("pk", flat=True))
    assert rebuild_paths() == 0
    assert rebuild_paths([Unit.objects.first().pk]) == 0
    assert set(UnitPath.objects.values_list("pk", flat=True)) == ids


def test_nothing_to_lay_out():
    assert rebuild_paths([]) == 0
    assert rebuild_paths([404]) == 0


@pytest.fixture
def an_binh():
    province = make_province()
    communes = [make_commune(province, place, code=f"xa-{place[:2]}") for place in ("Phú Lâm", "Tân Hoà")]
    rebuild_paths()
    return province, *communes


def test_one_unit_costs_a_few_queries_and_leaves_the_others_alone(an_binh, django_assert_max_num_queries):
    province, commune, _other = an_binh
    version(commune, date(2025, 7, 1), None)
    before = UnitPath.objects.get(unit=province).pk
    with django_assert_max_num_queries(12):
        assert rebuild_paths([commune.pk]) == 2
    assert UnitPath.objects.get(unit=province).pk == before


def test_a_row_keeps_its_id_when_its_end_moves(an_binh):
    _province, commune, _other = an_binh
    before = UnitPath.objects.get(unit=commune).pk
    Unit.objects.filter(pk=commune.pk).update(ended_on=date(2025, 7, 1))
    rebuild_paths([commune.pk])
    row = UnitPath.objects.get(unit=commune)
    assert (row.pk, row.valid_to) == (before, date(2025, 7, 1))


# --- reading -----------------------------------------------------------------------------------------


def codes(units) -> list[str]:
    return sorted(unit.code for unit in units)


def test_children_and_descendants_of_a_day(an_binh):
    province, commune, other = an_binh
    hamlet = Unit.objects.create(code="thon")
    version(hamlet, date(2022, 1, 1), commune)
    Unit.objects.filter(pk=other.pk).update(ended_on=date(2025, 7, 1))
    rebuild_paths()
    early, today = date(2021, 1, 1), date(2026, 1, 1)
    assert codes(Unit.objects.children_of(province, early)) == ["xa-Ph", "xa-Tâ"]
    assert codes(Unit.objects.children_of(province, today)) == ["xa-Ph"]
    assert codes(Unit.objects.children_of(None, today)) == ["an-binh"]
    assert codes(Unit.objects.children_of(other, today)) == []
    assert codes(Unit.objects.descendants_of(province, today)) == ["thon", "xa-Ph"]
    assert codes(Unit.objects.descendants_of(province, today, include_self=True)) == [
        "an-binh",
        "thon",
        "xa-Ph",
    ]


def test_names_of_a_branch_on_a_day(an_binh):
    province, commune, _other = an_binh
    version(commune, date(2025, 7, 1), province)
    rebuild_paths()
    for day, names in (
        (date(2025, 6, 30), ["Đảng uỷ xã Phú Lâm", "Đảng uỷ xã Tân Hoà"]),
        (date(2025, 7, 1), ["xa-Ph", "Đảng uỷ xã Tân Hoà"]),
        (date(2019, 6, 30), []),
    ):
        found = UnitVersion.objects.as_of(day).below(province, day)
        assert sorted(row.name for row in found) == names


def test_the_line_above(an_binh):
    province, commune, _other = an_binh
    hamlet = Unit.objects.create(code="thon")
    version(hamlet, date(2022, 1, 1), commune)
    rebuild_paths()
    names = [row.name for row in line_above(hamlet, date(2023, 1, 1))]
    assert names == ["Tỉnh uỷ An Bình", "Đảng uỷ xã Phú Lâm"]
    assert line_above(hamlet, date(2021, 1, 1)) == []
    assert line_above(province, date(2023, 1, 1)) == []


def test_segments_of_a_path():
    assert segments(segment(7) + segment(12345678)) == [7, 12345678]


def test_existing_units_of_a_day(an_binh):
    _province, commune, _other = an_binh
    Unit.objects.filter(pk=commune.pk).update(ended_on=date(2025, 7, 1))
    assert codes(Unit.objects.alive(date(2025, 6, 30))) == ["an-binh", "xa-Ph", "xa-Tâ"]
    assert codes(Unit.objects.alive(date(2025, 7, 1))) == ["an-binh", "xa-Tâ"]
    assert codes(Unit.objects.alive(date(2019, 1, 1))) == []
