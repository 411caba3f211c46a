"""Units as the public finds and reads them: today's and former names, what became of a unit (domain.md §1)."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import NamedTuple

from django.db.models import Case, Count, Exists, IntegerField, OuterRef, Q, Subquery, Value, When
from django.db.models.functions import Coalesce

from models_dv.domain.lineage import WHOLE_KINDS
from models_dv.domain.search import Query
from models_dv.domain.unit_search import find_units
from models_dv.domain.unit_tree import Branch, branch
from models_dv.domain.units import segments
from models_dv.enums import UnitLevel
from models_dv.models import Unit, UnitPath, UnitSuccession, UnitVersion
from models_dv.vietnamese.dates import format_date
from reports.models import Publication

STEPS_FOLLOWED = 4  # from a unit to what it became, and on
NAMES_SHOWN = 3
TOP_LEVELS = (UnitLevel.CENTRAL, UnitLevel.PROVINCE)


@dataclass(frozen=True)
class NamedUnit:
    """A unit spoken of: the name of the day and the code of its page."""

    name: str
    code: str


@dataclass(frozen=True)
class UnitRow:
    """A unit that was found: the ``version`` of the day or its last, ``former`` names, its ``province`` then.

    ``until`` is “đến 30/06/2025” for a unit that is no more, ``heirs`` what it is today (``now``: “nay là”, or
    “nay thuộc” where it did not go on whole); ``origins`` are the units that a unit of today came from.
    """

    unit: Unit
    version: UnitVersion
    province: str = ""
    former: tuple[str, ...] = ()
    until: str = ""
    now: str = ""
    heirs: tuple[NamedUnit, ...] = ()
    origins: tuple[NamedUnit, ...] = ()
    reports: int = 0

    @property
    def heirs_shown(self) -> tuple[NamedUnit, ...]:
        """The first few."""
        return self.heirs[:NAMES_SHOWN]

    @property
    def heirs_left(self) -> int:
        """How many more there are."""
        return max(0, len(self.heirs) - NAMES_SHOWN)

    @property
    def origins_shown(self) -> tuple[NamedUnit, ...]:
        """The first few."""
        return self.origins[:NAMES_SHOWN]

    @property
    def origins_left(self) -> int:
        """How many more there are."""
        return max(0, len(self.origins) - NAMES_SHOWN)


@dataclass(frozen=True)
class UnitGroup:
    """Rows under the name of their province (empty: provinces themselves, and what stands under none)."""

    name: str
    rows: Sequence[UnitRow]


@dataclass(frozen=True)
class PlaceRow:
    """A unit in the tree that is browsed: its version of the day, units right below and published reports."""

    version: UnitVersion
    below: int
    reports: int


def matching(query: Query, on: date):
    """Units one of whose names, of any day, holds every word; best first, units of today before ended ones.

    What begins on a day to come is not there yet.
    """
    has_ended = Case(When(ended_on__lte=on, then=Value(1)), default=Value(0), output_field=IntegerField())
    begun = UnitVersion.objects.filter(unit=OuterRef("pk"), valid_from__lte=on)
    found = find_units(Unit.objects.filter(Exists(begun)), query.text, on)
    return found.annotate(has_ended=has_ended).order_by("rank", "place", "has_ended", "name_sort", "code")


def last_day(unit: Unit, on: date) -> date:
    """The day, or for a unit that has ended by then the last one of its being."""
    ended = unit.ended_on is not None and unit.ended_on <= on
    return unit.ended_on - timedelta(days=1) if ended else on


def place(unit: Unit | None, on: date) -> Branch:
    """The branch of the tree below a unit (None: from the top); of an ended unit as it was on its last day."""
    return branch(unit, last_day(unit, on) if unit else on)


def line(where: Branch) -> list[UnitVersion]:
    """The names of the day from the top down to the place itself, with their units; one query."""
    ids = segments(where.path)
    found = UnitVersion.objects.as_of(where.on).filter(unit__in=ids).select_related("unit")
    versions = {version.unit_id: version for version in found}
    return [versions[unit_id] for unit_id in ids if unit_id in versions]


def with_reports(versions):
    """Versions with how many reports of their units are public (``published_count``)."""
    counted = Publication.objects.published().filter(unit=OuterRef("unit")).order_by().values("unit")
    return versions.annotate(
        published_count=Coalesce(Subquery(counted.annotate(n=Count("pk")).values("n")), 0)
    )


def place_rows(where: Branch, versions: list[UnitVersion]) -> list[PlaceRow]:
    """Rows of versions that came from ``with_reports``; one query."""
    below = where.counts(versions)
    return [PlaceRow(version, below[version.unit_id][0], version.published_count) for version in versions]


def ended_with_reports(on: date):
    """Units that are no more and whose reports can still be read."""
    published = Publication.objects.published().values("unit")
    return Unit.objects.filter(ended_on__lte=on, pk__in=published).order_by("-ended_on", "code")


def below(unit: Unit, on: date):
    """Versions of the day of the units right below, by name, with their units."""
    return (
        UnitVersion.objects.as_of(on)
        .filter(Q(unit__ended_on__isnull=True) | Q(unit__ended_on__gt=on), parent=unit)
        .select_related("unit")
        .order_by("name_sort", "unit__code")
    )


class _Change(NamedTuple):
    predecessor_id: int
    successor_id: int
    kind: str
    successor_ended_on: date | None


def rows(units: Sequence[Unit], on: date, *, with_province: bool = True) -> list[UnitRow]:
    """Rows of units with their names, their place and what became of them; three queries, two without province."""
    ids = [unit.pk for unit in units]
    changes = [_Change(*row) for row in _changes_around(ids).values_list(*_CHANGE_FIELDS)]
    places = UnitPath.objects.filter(unit__in=ids).order_by("valid_from").values_list("unit_id", "path")
    paths = dict(places) if with_province else {}
    wanted = set(ids).union(*(change[:2] for change in changes), *map(segments, paths.values()))
    versions: dict[int, list[UnitVersion]] = defaultdict(list)
    found = with_reports(UnitVersion.objects.filter(unit__in=wanted)).select_related("unit")
    for version in found.order_by("valid_from"):
        versions[version.unit_id].append(version)
    return [_row(unit, versions, changes, paths.get(unit.pk, ""), on) for unit in units if versions[unit.pk]]


_CHANGE_FIELDS = ("predecessor_id", "successor_id", "kind", "successor__ended_on")


def _changes_around(ids: list[int]):
    """Changes out of the units and on from there, and the last ones into them."""
    around, units = Q(successor_id__in=ids), ids
    for _step in range(STEPS_FOLLOWED):
        around |= Q(predecessor_id__in=units)
        units = UnitSuccession.objects.filter(predecessor_id__in=units).values("successor_id")
    return UnitSuccession.objects.filter(around).order_by("on", "pk")


def _row(unit: Unit, versions, changes, path: str, on: date) -> UnitRow:
    version = _in_force(versions[unit.pk], on)
    names = (other.name for other in reversed(versions[unit.pk]))
    former = tuple(dict.fromkeys(name for name in names if name != version.name))
    until = now = ""
    heirs: tuple[NamedUnit, ...] = ()
    origins: tuple[NamedUnit, ...] = ()
    if unit.ended_on is not None and unit.ended_on <= on:
        until = f"đến {format_date(last_day(unit, on))}"
        found, is_whole = _heirs(unit.pk, changes, on)
        heirs = tuple(_named(versions[heir], on) for heir in found if versions[heir])
        now = ("nay là" if is_whole else "nay thuộc") if heirs else ""
    else:
        into = dict.fromkeys(c.predecessor_id for c in changes if c.successor_id == unit.pk)
        origins = tuple(_named(versions[old], on) for old in into if versions[old])
    province = _province(unit, path, versions, last_day(unit, on))
    return UnitRow(unit, version, province, former, until, now, heirs, origins, version.published_count)


def _heirs(unit_id: int, changes: list[_Change], on: date) -> tuple[list[int], bool]:
    """Units of the day that the unit went into, and whether it went whole all the way."""
    found: dict[int, None] = {}
    is_whole, ended, seen = True, [unit_id], set()
    while ended:
        current = ended.pop(0)
        seen.add(current)
        onward = [change for change in changes if change.predecessor_id == current]
        is_whole &= len(onward) == 1 and onward[0].kind in WHOLE_KINDS
        for change in onward:
            if change.successor_ended_on is None or change.successor_ended_on > on:
                found.setdefault(change.successor_id)
            elif change.successor_id not in seen:
                ended.append(change.successor_id)
    return list(found), is_whole


def _named(versions: list[UnitVersion], on: date) -> NamedUnit:
    version = _in_force(versions, on)
    return NamedUnit(version.name, version.unit.code)


def _province(unit: Unit, path: str, versions, on: date) -> str:
    """Name of the province of the unit at its last place in the tree; "" for a province itself."""
    for above in segments(path):
        version = _in_force(versions[above], on) if versions[above] else None
        if above != unit.pk and version and version.level == UnitLevel.PROVINCE:
            return version.name
    return ""


def _in_force(versions: list[UnitVersion], on: date) -> UnitVersion:
    """The latest begun by the day, else the first; ``versions`` in order."""
    begun = [version for version in versions if version.valid_from <= on]
    return begun[-1] if begun else versions[0]


def _listed(names: list[str]) -> str:
    shown = ", ".join(names[:NAMES_SHOWN])
    return f"{shown} và {len(names) - NAMES_SHOWN} đơn vị khác" if len(names) > NAMES_SHOWN else shown


def grouped_by_province(found: list[UnitRow]) -> list[UnitGroup]:
    """The rows under their provinces, groups and rows in the order in which they come."""
    groups: dict[str, list[UnitRow]] = defaultdict(list)
    for unit_row in found:
        groups[unit_row.province].append(unit_row)
    return [UnitGroup(name, members) for name, members in groups.items()]


def place_today(version: UnitVersion, on: date) -> str:
    """What the unit of an old paper is now: “nay là …”, “nay thuộc … từ 01/07/2025”, or "" where nothing changed."""
    unit = version.unit
    if unit.ended_on is None or unit.ended_on > on:
        return _renamed_or_moved(version, unit.version_on(on), on)
    found = _follow(unit, on)
    if not found:
        return f"kết thúc ngày {format_date(unit.ended_on)}"
    since = min(day for _unit, day in found)
    names = list(dict.fromkeys(unit.version_on(on).name for unit, _day in found))
    return f"nay thuộc {_listed(names)} từ {format_date(since)}"


def _renamed_or_moved(version: UnitVersion, now: UnitVersion, on: date) -> str:
    if now.pk == version.pk:
        return ""
    if now.name != version.name:
        return f"nay là {now.name} từ {format_date(now.valid_from)}"
    if now.parent_id != version.parent_id and now.parent_id is not None:
        return f"nay thuộc {now.parent.version_on(on).name} từ {format_date(now.valid_from)}"
    return ""


def _follow(unit: Unit, on: date) -> list[tuple[Unit, date]]:
    """Units of the day that an ended unit went into, each with the day it did.

    A unit without an edge of its own (a district when districts ended) is followed through the body above.
    """
    found: list[tuple[Unit, date]] = []
    ended = [(unit, None)]
    for _step in range(STEPS_FOLLOWED):
        edges = defaultdict(list)
        for edge in (
            UnitSuccession.objects.filter(predecessor__in=[u.pk for u, _day in ended])
            .select_related("successor")
            .prefetch_related("successor__versions")
        ):
            edges[edge.predecessor_id].append(edge)
        onward = []
        for old, day in ended:
            steps = [(edge.successor, day or edge.on) for edge in edges[old.pk]] or _to_body_above(
                old, day, on
            )
            onward += steps
        found += [(new, day) for new, day in onward if new.ended_on is None or new.ended_on > on]
        ended = [(new, day) for new, day in onward if not (new.ended_on is None or new.ended_on > on)]
        if not ended:
            break
    return found


def _to_body_above(unit: Unit, day: date | None, on: date) -> list[tuple[Unit, date]]:
    parent = unit.version_on(on).parent
    return [(parent, day or unit.ended_on)] if parent else []
