"""One branch of the tree as of a day: what stands above a unit, what right below it, and how much below that."""

from dataclasses import dataclass
from datetime import date

from django.db.models import Count, F, Q, QuerySet
from django.db.models.functions import Substr

from models_dv.domain.units import segment, segments
from models_dv.models import Unit, UnitPath, UnitVersion
from models_dv.scopes import SEGMENT, path_range, paths_of


@dataclass(frozen=True)
class Branch:
    """A unit (None: the whole tree) on a day; ``path`` is empty where the unit did not exist."""

    unit: Unit | None
    on: date
    path: str

    @property
    def exists(self) -> bool:
        """Whether there is anything to show: the whole tree always, a unit when it existed that day."""
        return self.unit is None or bool(self.path)

    def line(self) -> list[UnitVersion]:
        """The names of the day from the top down to the unit itself; one query."""
        ids = segments(self.path)
        found = UnitVersion.objects.as_of(self.on).filter(unit__in=ids)
        versions = {version.unit_id: version for version in found}
        return [versions[unit_id] for unit_id in ids if unit_id in versions]

    def rows(self) -> QuerySet[UnitVersion]:
        """Versions of the day of the units right below, by name; with their units."""
        if not self.exists:
            return UnitVersion.objects.none()
        below = self._paths().filter(depth=self._depth + 1)
        versions = UnitVersion.objects.as_of(self.on).filter(unit__in=below.values("unit"))
        return versions.select_related("unit").order_by("name_sort", "unit__code")

    def counts(self, rows: list[UnitVersion]) -> dict[int, tuple[int, int]]:
        """{unit: (how many right below it, how many below it at all)} of ``rows``; one query."""
        length, depth = len(self.path) + SEGMENT, self._depth + 2
        branches = {self.path + segment(row.unit_id): row.unit_id for row in rows}
        counted = (
            self._paths()
            .filter(depth__gte=depth)
            .annotate(branch=Substr("path", 1, length))
            .filter(branch__in=list(branches))
            .values("branch")
            .annotate(right=Count("pk", filter=Q(depth=depth)), whole=Count("pk"))
            .order_by(F("branch"))
        )
        found = {row["branch"]: (row["right"], row["whole"]) for row in counted}
        return {unit_id: found.get(branch, (0, 0)) for branch, unit_id in branches.items()}

    @property
    def _depth(self) -> int:
        return len(self.path) // SEGMENT

    def _paths(self) -> QuerySet[UnitPath]:
        rows = UnitPath.objects.current(self.on)
        return rows.filter(path_range(self.path)) if self.path else rows


def branch(unit: Unit | None, on: date) -> Branch:
    """The branch of ``unit`` on the day; of None the whole tree."""
    paths = paths_of([unit.pk], on) if unit else []
    return Branch(unit, on, paths[0] if paths else "")
