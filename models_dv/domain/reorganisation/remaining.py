"""What is left to be done by hand once a plan is carried out: what stayed with units that were divided."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import Count, Exists, OuterRef, QuerySet

from models_dv.enums import TaskState
from models_dv.models import DanVanKheo, Task, Unit, UnitRole, UnitSuccession
from models_dv.scopes import WHOLE_KINDS


@dataclass(frozen=True)
class Remaining:
    """Open tasks led, models registered and roles held of one divided unit."""

    unit: Unit
    tasks: int
    models: int
    roles: int


def remaining(unit_ids: Iterable[int]) -> list[Remaining]:
    """Of those of the units that ended without an heir; without those with which nothing stayed."""
    edges = UnitSuccession.objects.filter(predecessor=OuterRef("pk"))
    ended = Unit.objects.filter(pk__in=list(unit_ids), ended_on__isnull=False)
    divided = ended.filter(Exists(edges.exclude(kind__in=WHOLE_KINDS))).order_by("code")
    units = list(divided.prefetch_related("versions"))
    tasks = _by_unit(Task.objects.filter(state=TaskState.OPEN), "lead_unit", units)
    models = _by_unit(DanVanKheo.objects.all(), "unit", units)
    roles = _by_unit(UnitRole.objects.all(), "unit", units)
    found = [
        Remaining(unit, tasks.get(unit.pk, 0), models.get(unit.pk, 0), roles.get(unit.pk, 0))
        for unit in units
    ]
    return [one for one in found if one.tasks or one.models or one.roles]


def _by_unit(rows: QuerySet, field: str, units: list[Unit]) -> dict[int, int]:
    of_units = rows.filter(**{f"{field}__in": units}).order_by().values(field)
    return dict(of_units.annotate(count=Count("pk")).values_list(field, "count"))
