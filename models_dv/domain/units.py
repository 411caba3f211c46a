"""The tree of units through time: the derived paths (architecture, decision 7)."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date
from itertools import islice

from django.db import transaction
from django.db.models import Q

from models_dv import clock
from models_dv.errors import ExpectedError
from models_dv.models import Unit, UnitPath, UnitVersion
from models_dv.scopes import SEGMENT, heirs_of, paths_of
from models_dv.vietnamese.dates import format_date

#: Beyond this many units the whole tree is read at once instead of branch by branch.
BRANCH_LIMIT = 2_000
#: Ids in one query; SQLite takes a limited number of values.
IDS_A_QUERY = 500

Row = tuple[str, date | None]  # (path, valid to)


class UnitEnded(ExpectedError):
    """Something new was to be written for a unit that has ended."""


def segment(unit_id: int) -> str:
    """The fixed-width digits of one unit in a path."""
    return f"{unit_id:0{SEGMENT}d}"


def segments(path: str) -> list[int]:
    """The ids in a path, from the top down to the unit itself."""
    return [int(path[at : at + SEGMENT]) for at in range(0, len(path), SEGMENT)]


def line_above(unit: Unit, on: date) -> list[UnitVersion]:
    """What the units above ``unit`` were called on the day, from the top down; empty when it did not exist."""
    paths = paths_of([unit.pk], on)
    above = segments(paths[0])[:-1] if paths else []
    versions = {version.unit_id: version for version in UnitVersion.objects.as_of(on).filter(unit__in=above)}
    return [versions[unit_id] for unit_id in above if unit_id in versions]


def require_standing(unit: Unit, on: date) -> None:
    """Raise UnitEnded where the unit is no more on the day."""
    if unit.ended_on is not None and unit.ended_on <= on:
        raise UnitEnded(
            f"“{unit}” đã kết thúc ngày {format_date(unit.ended_on)} nên không ghi thêm được. "
            "Chọn đơn vị đang hoạt động."
        )


def heir_of(unit: Unit) -> Unit:
    """The unit in which all of it has gone on by today; itself while it stands, or where it was divided."""
    if unit.ended_on is None or unit.ended_on > clock.today():
        return unit
    standing = Q(ended_on__isnull=True) | Q(ended_on__gt=clock.today())
    return Unit.objects.filter(standing, pk__in=heirs_of([unit.pk])).first() or unit


@transaction.atomic
def rebuild_paths(unit_ids: Collection[int] | None = None) -> int:
    """Bring UnitPath in line with the versions; returns how many of its rows were written or removed.

    ``unit_ids`` are the units whose versions or end changed: they and everything that ever stood below them
    are laid out again, with the result of a full rebuild. None: every unit. A unit whose parent has ended
    stands at the top until it gets a new version; of units that stand below each other in a circle the one
    with the smallest id does.
    """
    # One layout at a time: whoever waits here reads what the one before has committed.
    Unit.objects.select_for_update(no_key=True).order_by("pk").values_list("pk", flat=True).first()
    wanted = None if unit_ids is None else _with_all_below(set(unit_ids))
    histories = _histories(None if wanted is None else _with_all_above(wanted))
    layout = _laid_out(histories, histories if wanted is None else wanted)
    return _store(layout, wanted)


# --- which units ---------------------------------------------------------------------------------------


def _with_all_below(unit_ids: set[int]) -> set[int] | None:
    """The units and all that ever stood below them; None when it is simpler to take every unit."""
    found, last = set(unit_ids), set(unit_ids)
    while last:
        if len(found) > BRANCH_LIMIT:
            return None
        rows = _in_parts(UnitVersion.objects.values_list("unit_id", flat=True), "parent_id", last)
        last = set(rows) - found
        found |= last
    return found


def _with_all_above(unit_ids: set[int]) -> set[int]:
    """The units and all that they ever stood below."""
    found, last = set(unit_ids), set(unit_ids)
    while last:
        rows = _in_parts(UnitVersion.objects.values_list("parent_id", flat=True), "unit_id", last)
        last = set(rows) - found - {None}
        found |= last
    return found


def _in_parts(queryset, column: str, ids: Iterable[int]) -> Iterator:
    """The rows whose ``column`` is one of ``ids``, some hundreds of ids at a time."""
    for part in _parts(ids):
        yield from queryset.filter(**{f"{column}__in": part})


def _parts(ids: Iterable[int]) -> Iterator[list[int]]:
    rest = iter(ids)
    while part := list(islice(rest, IDS_A_QUERY)):
        yield part


# --- laying out ----------------------------------------------------------------------------------------


@dataclass
class _History:
    """One unit: on which days it comes under which parent, and the day it ends."""

    ended_on: date | None
    parents: list[tuple[date, int | None]] = field(default_factory=list)


def _histories(unit_ids: set[int] | None) -> dict[int, _History]:
    """{unit: its history} of the units named, or of all."""
    units = Unit.objects.order_by().values_list("pk", "ended_on")
    versions = UnitVersion.objects.order_by("valid_from").values_list("unit_id", "valid_from", "parent_id")
    if unit_ids is not None:
        units, versions = _in_parts(units, "pk", unit_ids), _in_parts(versions, "unit_id", unit_ids)
    histories = {unit_id: _History(ended_on) for unit_id, ended_on in units}
    for unit_id, start, parent_id in versions:
        histories[unit_id].parents.append((start, parent_id))
    return histories


def _changes(histories: dict[int, _History]) -> dict[date, list[tuple[int, bool, int | None]]]:
    """{day: [(unit, whether it exists from then on, its parent)]}."""
    changes = defaultdict(list)
    for unit_id, history in histories.items():
        for start, parent_id in history.parents:
            if history.ended_on is None or start < history.ended_on:
                changes[start].append((unit_id, True, parent_id))
        if history.ended_on is not None:
            changes[history.ended_on].append((unit_id, False, None))
    return changes


def _laid_out(histories: dict[int, _History], wanted: Collection[int]) -> dict[int, dict[date, Row]]:
    """{unit: {valid from: (path, valid to)}} of the units wanted.

    Goes through the days on which anything changes; on each only the units that changed and those below
    them are looked at.
    """
    tree = _Tree()
    layout: dict[int, dict[date, Row]] = {unit_id: {} for unit_id in wanted}
    since: dict[int, tuple[date, str]] = {}  # the stretch of each unit that is still open
    changes = _changes(histories)
    for day in sorted(changes):
        for unit_id, path in tree.change(changes[day]):
            start, old = since.get(unit_id, (day, None))
            if path == old:
                continue
            if old is not None and unit_id in layout:
                layout[unit_id][start] = (old, day)
            if path is None:
                since.pop(unit_id, None)
            else:
                since[unit_id] = (day, path)
    for unit_id, (start, path) in since.items():
        if unit_id in layout:
            layout[unit_id][start] = (path, None)
    return layout


class _Tree:
    """The tree of one day, changed from day to day."""

    def __init__(self):
        self.parents: dict[int, int | None] = {}
        self.children: dict[int, set[int]] = defaultdict(set)

    def change(self, changes: list[tuple[int, bool, int | None]]) -> list[tuple[int, str | None]]:
        """Take over the changes of a day; (unit, its path or None) of each that they may have moved."""
        for unit_id, exists, parent_id in changes:
            self.children[self.parents.pop(unit_id, None)].discard(unit_id)
            if exists:
                self.parents[unit_id] = parent_id
                self.children[parent_id].add(unit_id)
        moved = self._with_below({unit_id for unit_id, _exists, _parent in changes})
        paths: dict[int, str] = {}
        return [(unit_id, self._path(unit_id, paths)) for unit_id in sorted(moved)]

    def _with_below(self, unit_ids: set[int]) -> set[int]:
        found, last = set(unit_ids), unit_ids
        while last:
            last = {child for unit_id in last for child in self.children.get(unit_id, ())} - found
            found |= last
        return found

    def _path(self, unit_id: int, known: dict[int, str]) -> str | None:
        """The unit's path, None when it does not exist; fills ``known`` on the way."""
        if unit_id not in self.parents:
            return None
        line: list[int] = []
        at: int | None = unit_id
        while at in self.parents and at not in known:
            if at in line:
                circle = line[line.index(at) :]
                line = line[: line.index(min(circle)) + 1]
                at = None
                break
            line.append(at)
            at = self.parents[at]
        path = known.get(at, "")
        for below in reversed(line):
            path = known[below] = path + segment(below)
        return known[unit_id]


# --- storing -------------------------------------------------------------------------------------------


def _store(layout: dict[int, dict[date, Row]], wanted: set[int] | None) -> int:
    """Write what differs from the rows that stand; a row keeps its id as long as its unit and day stay."""
    standing = UnitPath.objects.order_by().values_list("pk", "unit_id", "valid_from", "path", "valid_to")
    gone, kept = [], set()
    for pk, unit_id, start, *row in standing if wanted is None else _in_parts(standing, "unit_id", wanted):
        target = layout.get(unit_id, {}).get(start)
        if target is None:
            gone.append(pk)
        elif target == tuple(row):
            kept.add((unit_id, start))
    rows = [
        UnitPath(unit_id=unit_id, path=path, depth=len(path) // SEGMENT, valid_from=start, valid_to=end)
        for unit_id, stretches in layout.items()
        for start, (path, end) in sorted(stretches.items())
        if (unit_id, start) not in kept
    ]
    for part in _parts(gone):
        UnitPath.objects.filter(pk__in=part).delete()
    UnitPath.objects.bulk_create(
        rows,
        batch_size=2000,
        update_conflicts=True,
        unique_fields=["unit", "valid_from"],
        update_fields=["path", "depth", "valid_to"],
    )
    return len(rows) + len(gone)
