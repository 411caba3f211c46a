"""The tree of units through time: the derived paths (architecture, decision 7)."""

from collections import defaultdict
from datetime import date

from django.db import transaction

from models_dv.models import Unit, UnitPath, UnitVersion
from models_dv.scopes import SEGMENT


def segment(unit_id: int) -> str:
    """The fixed-width digits of one unit in a path."""
    return f"{unit_id:0{SEGMENT}d}"


@transaction.atomic
def rebuild_paths() -> int:
    """Recompute every UnitPath row from the versions; returns the number of rows written.

    On each day on which anything changes the whole tree is laid out; rows whose path did not change
    are carried on. A unit whose parent has ended stands as a root until it gets a new version.
    """
    ended = dict(Unit.objects.filter(ended_on__isnull=False).values_list("pk", "ended_on"))
    versions = defaultdict(list)
    for unit_id, start, parent_id in UnitVersion.objects.order_by("valid_from").values_list(
        "unit_id", "valid_from", "parent_id"
    ):
        versions[unit_id].append((start, parent_id))
    days = sorted({start for rows in versions.values() for start, _parent in rows} | set(ended.values()))
    open_rows: dict[int, UnitPath] = {}
    rows: list[UnitPath] = []
    for day in days:
        paths = _paths_on(day, versions, ended)
        for unit_id in [unit_id for unit_id in open_rows if paths.get(unit_id) != open_rows[unit_id].path]:
            open_rows.pop(unit_id).valid_to = day
        for unit_id, path in paths.items():
            if unit_id not in open_rows:
                row = UnitPath(unit_id=unit_id, path=path, depth=len(path) // SEGMENT, valid_from=day)
                open_rows[unit_id] = row
                rows.append(row)
    UnitPath.objects.all().delete()
    UnitPath.objects.bulk_create(rows, batch_size=2000)
    return len(rows)


def _paths_on(day: date, versions, ended) -> dict[int, str]:
    """Path of every unit that exists on the day."""
    parents = {}
    for unit_id, rows in versions.items():
        begun = [parent for start, parent in rows if start <= day]
        if begun and not (unit_id in ended and ended[unit_id] <= day):
            parents[unit_id] = begun[-1]
    paths: dict[int, str] = {}

    def path_of(unit_id: int, seen: tuple[int, ...] = ()) -> str:
        if unit_id not in paths:
            parent = parents[unit_id]
            above = path_of(parent, (*seen, unit_id)) if parent in parents and parent not in seen else ""
            paths[unit_id] = above + segment(unit_id)
        return paths[unit_id]

    for unit_id in parents:
        path_of(unit_id)
    return paths
