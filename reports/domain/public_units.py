"""Units as the public finds and reads them: today's and former names, what became of a unit (domain.md §1)."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.db.models import Case, Count, IntegerField, OuterRef, Q, Subquery, Value, When

from models_dv.domain.search import Query, word_beginnings
from models_dv.enums import UnitLevel
from models_dv.models import Unit, UnitPath, UnitSuccession, UnitVersion
from models_dv.scopes import SEGMENT
from models_dv.vietnamese.dates import format_date
from reports.enums import PublicationState

STEPS_FOLLOWED = 4  # from a unit to what it became, and on
NAMES_SHOWN = 3
TOP_LEVELS = (UnitLevel.CENTRAL, UnitLevel.PROVINCE)
_PUBLISHED = Q(publications__current__state=PublicationState.PUBLISHED)


@dataclass(frozen=True)
class UnitRow:
    """A unit in a list: today's ``version`` or its last, its ``former`` names, and what became of it ``today``."""

    unit: Unit
    version: UnitVersion
    former: tuple[str, ...]
    today: str
    reports: int


@dataclass(frozen=True)
class UnitGroup:
    """Rows under the name of their province (empty: provinces themselves, and what stands under none)."""

    name: str
    rows: Sequence[UnitRow]


def matching(query: Query):
    """Units one of whose names, of any day, holds every word; best first, units of today before ended ones."""
    versions = UnitVersion.objects.filter(word_beginnings("name_folded", query))
    side_by_side = versions.filter(name_folded__contains=query.phrase)
    latest = UnitVersion.objects.filter(unit=OuterRef("pk")).order_by("-valid_from")
    return (
        with_counts(Unit.objects.filter(pk__in=versions.values("unit_id")))
        .annotate(
            rank=Case(
                When(pk__in=side_by_side.values("unit_id"), then=Value(0)),
                default=Value(1),
                output_field=IntegerField(),
            ),
            has_ended=Case(
                When(ended_on__isnull=False, then=Value(1)), default=Value(0), output_field=IntegerField()
            ),
            name_sort=Subquery(latest.values("name_sort")[:1]),
        )
        .order_by("rank", "has_ended", "name_sort", "code")
    )


def with_counts(units):
    """The units with how many reports of each are public (``published_count``)."""
    return units.annotate(published_count=Count("publications", filter=_PUBLISHED, distinct=True))


def top_units(on: date):
    """Provinces, the centre and bodies without one above, of the day, by name."""
    standing = UnitVersion.objects.as_of(on).filter(Q(level__in=TOP_LEVELS) | Q(parent__isnull=True))
    latest = UnitVersion.objects.filter(unit=OuterRef("pk"), valid_from__lte=on).order_by("-valid_from")
    return (
        with_counts(Unit.objects.alive(on).filter(pk__in=standing.values("unit_id")))
        .annotate(name_sort=Subquery(latest.values("name_sort")[:1]))
        .order_by("name_sort", "code")
    )


def ended_with_reports(on: date):
    """Units that are no more and whose reports can still be read."""
    return (
        with_counts(Unit.objects.filter(ended_on__lte=on))
        .filter(published_count__gt=0)
        .order_by("-ended_on", "code")
    )


def below(unit: Unit, on: date):
    """Units right below, by the last word on each; for an ended unit those that were."""
    versions = UnitVersion.objects.as_of(on).filter(parent=unit)
    latest = UnitVersion.objects.filter(unit=OuterRef("pk"), valid_from__lte=on).order_by("-valid_from")
    units = Unit.objects.filter(pk__in=versions.values("unit_id"))
    if unit.ended_on is None or unit.ended_on > on:
        units = units.filter(Q(ended_on__isnull=True) | Q(ended_on__gt=on))
    return (
        with_counts(units).annotate(name_sort=Subquery(latest.values("name_sort")[:1])).order_by("name_sort")
    )


def rows(units: list[Unit], on: date) -> list[UnitRow]:
    """Rows of units that came from ``with_counts``, with their names and what became of them; two queries."""
    successors: dict[int, list[int]] = defaultdict(list)
    edges = UnitSuccession.objects.filter(predecessor__in=units).values_list("predecessor_id", "successor_id")
    for old, new in edges:
        successors[old].append(new)
    wanted = {unit.pk for unit in units}.union(*successors.values())
    versions: dict[int, list[UnitVersion]] = defaultdict(list)
    for version in UnitVersion.objects.filter(unit__in=wanted).order_by("valid_from"):
        versions[version.unit_id].append(version)
    return [_row(unit, versions, successors[unit.pk], on) for unit in units if versions[unit.pk]]


def _row(unit: Unit, versions: dict[int, list[UnitVersion]], successors: list[int], on: date) -> UnitRow:
    version = _in_force(versions[unit.pk], on)
    names = (other.name for other in reversed(versions[unit.pk]))
    former = tuple(dict.fromkeys(name for name in names if name != version.name))
    became = ""
    if unit.ended_on is not None and unit.ended_on <= on:
        heirs = [_in_force(versions[heir], on).name for heir in successors if versions[heir]]
        became = f"nay thuộc {_listed(heirs)}" if heirs else f"đã kết thúc ngày {format_date(unit.ended_on)}"
    return UnitRow(unit, version, former, became, unit.published_count)


def _in_force(versions: list[UnitVersion], on: date) -> UnitVersion:
    """The latest begun by the day, else the first; ``versions`` in order."""
    begun = [version for version in versions if version.valid_from <= on]
    return begun[-1] if begun else versions[0]


def _listed(names: list[str]) -> str:
    shown = ", ".join(names[:NAMES_SHOWN])
    return f"{shown} và {len(names) - NAMES_SHOWN} đơn vị khác" if len(names) > NAMES_SHOWN else shown


def grouped_by_province(rows: list[UnitRow]) -> list[UnitGroup]:
    """The rows under their provinces, groups and rows in the order in which they come."""
    provinces = _province_names([row.unit.pk for row in rows if row.version.level not in TOP_LEVELS])
    groups: dict[str, list[UnitRow]] = defaultdict(list)
    for unit_row in rows:
        groups[provinces.get(unit_row.unit.pk, "")].append(unit_row)
    return [UnitGroup(name, members) for name, members in groups.items()]


def _province_names(unit_ids: list[int]) -> dict[int, str]:
    """Name of the province of each unit, by its last place in the tree; two queries."""
    paths = dict(
        UnitPath.objects.filter(unit_id__in=unit_ids).order_by("valid_from").values_list("unit_id", "path")
    )
    above = {unit_id: _segments(path) for unit_id, path in paths.items()}
    wanted = {ancestor for ancestors in above.values() for ancestor in ancestors}
    provinces = dict(
        UnitVersion.objects.filter(unit_id__in=wanted, level=UnitLevel.PROVINCE)
        .order_by("valid_from")
        .values_list("unit_id", "name")
    )
    return {
        unit_id: next((provinces[a] for a in ancestors if a in provinces), "")
        for unit_id, ancestors in above.items()
    }


def _segments(path: str) -> list[int]:
    return [int(path[at : at + SEGMENT]) for at in range(0, len(path), SEGMENT)]


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
