"""Communes of the province An Bình that report, are reorganised, and report again as others."""

from datetime import date

from models_dv.domain.units import rebuild_paths
from models_dv.enums import Role, SuccessionKind
from models_dv.models import Unit, UnitSuccession
from reports.models import Report
from tests.factories.world import World, make_commune, make_round, make_user, make_world

CHANGE = date(2025, 7, 1)


def first_year(**options) -> World:
    """The half year 2025, in which Phú Lâm, Tân Hoà and Bình Minh report for themselves."""
    return make_world(year=2025, **options)


def second_year(world: World, year: int = 2026) -> World:
    """One more half year is opened."""
    world.round = make_round(world.province, year=year, opened_by=world.admin)
    return world


def found_unit(world: World, place: str, since: date = CHANGE) -> Unit:
    """A commune that begins on a day, with somebody for each duty."""
    unit = make_commune(world.province, place, code=f"xa-{place.lower().replace(' ', '-')}")
    unit.versions.update(valid_from=since)
    rebuild_paths()
    for duty, role in (("author", Role.AUTHOR), ("approver", Role.APPROVER), ("clerk", Role.CLERK)):
        make_user(f"{duty}-{unit.code}", f"{duty} {place}", unit, role)
    return unit


def change(*old: Unit, into: Unit, kind=SuccessionKind.MERGE, on: date = CHANGE, ends=True) -> None:
    """Edges old → new; the old ones end with it."""
    for unit in old:
        UnitSuccession.objects.create(predecessor=unit, successor=into, kind=kind, on=on)
        if ends:
            unit.ended_on = on
            unit.save()
    rebuild_paths()


def report_of(world: World, unit: Unit) -> Report:
    """The unit's report of the round that is open now."""
    return world.report(unit)
