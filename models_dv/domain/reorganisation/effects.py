"""The dry run: everything that carrying out a plan would write, and who is touched by it; nothing is written."""

import hashlib
import json
from dataclasses import asdict, dataclass, field
from datetime import date
from functools import cached_property

from django.db.models import Count, OuterRef, Q, Subquery

from models_dv.domain.reorganisation.checking import hanging, heir_number, successor_numbers
from models_dv.domain.reorganisation.listing import Extent
from models_dv.domain.reorganisation.plan import Change, Plan
from models_dv.domain.reorganisation.proposing import Frame, main_source
from models_dv.domain.reorganisation.row_log import stored
from models_dv.enums import DifficultyState, SuccessionKind, TaskState
from models_dv.models import (
    Appointment,
    Conference,
    DanVanKheo,
    Difficulty,
    SigningDelegation,
    Task,
    Unit,
    UnitRole,
    UnitSuccession,
    UnitVersion,
)
from models_dv.scopes import WHOLE_KINDS


@dataclass(frozen=True)
class Edge:
    """An edge to be: from a unit to the result of the change with this number."""

    predecessor: int
    number: int
    kind: SuccessionKind


@dataclass(frozen=True)
class Child:
    """A unit below an ended one; it goes under the result of the change with this number."""

    version: UnitVersion
    number: int


@dataclass(frozen=True)
class Touched:
    """A row of an ended unit: a role, an appointment, a delegation of signing or a task. ``number``: of the only
    change the unit goes into, None where there are several. ``held``: why the row stays as it is."""

    row: UnitRole | Appointment | SigningDelegation | Task
    number: int | None
    held: str = ""


@dataclass(frozen=True)
class Written:
    """How much of what an ended unit wrote stays under its name: models, conferences, open difficulties.

    ``number``: of the change that all of the unit goes into, whose people then keep it; None where it is divided.
    ``late``: conferences held on the day or after it, where the plan is of a day gone by.
    """

    unit: int
    models: int
    conferences: int
    difficulties: int
    late: int
    number: int | None


@dataclass
class Effects:
    """What would happen. ``before``: the versions of the eve of every unit named, with their units.

    ``tasks``: open ones that an ended unit leads; ``joined``: the links to those that it joins; ``given``: open
    ones that it gave; ``written``: of every
    ended unit that wrote something.
    """

    plan: Plan
    frame: Frame
    before: dict[int, UnitVersion]
    edges: list[Edge] = field(default_factory=list)
    children: list[Child] = field(default_factory=list)
    roles: list[Touched] = field(default_factory=list)
    appointments: list[Touched] = field(default_factory=list)
    delegations: list[Touched] = field(default_factory=list)
    tasks: list[Touched] = field(default_factory=list)
    joined: list[Touched] = field(default_factory=list)
    given: list[Touched] = field(default_factory=list)
    written: list[Written] = field(default_factory=list)

    @cached_property
    def ended(self) -> list[UnitVersion]:
        """Units that end, under their last name, by name."""
        return sorted((self.before[unit] for unit in self.plan.ended()), key=lambda row: row.name_sort)

    @property
    def created(self) -> list[Change]:
        """Changes that make a new unit."""
        return [change for change in self.plan.changes if change.result.is_new]

    @property
    def going_on(self) -> list[tuple[Change, UnitVersion]]:
        """Changes whose result goes on under its identity, with its version of the eve."""
        return [
            (change, self.before[change.result.unit])
            for change in self.plan.changes
            if change.result.unit is not None
        ]

    def main_of(self, change: Change) -> UnitVersion:
        """The version whose way of signing the result takes over."""
        return self.before[main_source(change, self.before)]

    @property
    def touched(self) -> list[Touched]:
        """Every row of an ended unit."""
        return [*self.roles, *self.appointments, *self.delegations, *self.tasks, *self.joined, *self.given]

    def fingerprint(self) -> str:
        """A code of everything this dry run saw; apply compares it with what it sees."""
        rows = [
            *self.before.values(),
            *(row.unit for row in self.before.values()),
            *(child.version for child in self.children),
            *(touched.row for touched in self.touched),
        ]
        seen = {
            "plan": self.plan.to_json(),
            "frame": [self.frame.scope and self.frame.scope.pk, self.frame.on.isoformat()],
            "edges": [asdict(edge) for edge in self.edges],
            "rows": [[row._meta.label, stored(row)] for row in rows],
        }
        return hashlib.sha256(json.dumps(seen, sort_keys=True).encode()).hexdigest()[:32]


def dry_run(plan: Plan, frame: Frame) -> Effects:
    """The effects of a plan that ``problems`` finds nothing against (the caller has asked)."""
    named = {source.unit for change in plan.changes for source in change.sources} | plan.kept()
    rows = UnitVersion.objects.as_of(frame.eve).filter(unit__in=named).select_related("unit")
    effects = Effects(plan, frame, {row.unit_id: row for row in rows.order_by("unit")})
    effects.edges = [
        Edge(source.unit, number, edge_kind(change, source.extent))
        for number, change in enumerate(plan.changes)
        for source in change.others
    ]
    for parent, below in hanging(plan, frame).items():
        effects.children += [Child(row, heir_number(plan, row.unit_id, parent)) for row in below]
    _people_and_tasks(effects)
    effects.written = _written(effects)
    return effects


def edge_kind(change: Change, extent: str) -> SuccessionKind:
    """Whole: merged; out of one unit alone: split; a part beside others: partial (only whole edges add up)."""
    if extent == Extent.WHOLE:
        return SuccessionKind.MERGE
    return (
        SuccessionKind.SPLIT if change.result.is_new and len(change.others) == 1 else SuccessionKind.PARTIAL
    )


def _people_and_tasks(effects: Effects) -> None:
    plan, on = effects.plan, effects.frame.on
    ended = plan.ended()
    heirs = {unit: successor_numbers(plan, unit) for unit in ended}
    number = {unit: numbers[0] if len(numbers) == 1 else None for unit, numbers in heirs.items()}
    effects.roles = _roles(plan, ended, number)
    still = Q(to_on__isnull=True) | Q(to_on__gt=on)
    appointments = Appointment.objects.filter(still, unit__in=ended).select_related("official")
    effects.appointments = [
        Touched(row, None, _starts_later(row, on)) for row in appointments.order_by("unit", "rank", "pk")
    ]
    delegations = SigningDelegation.objects.filter(unit__in=ended, to_on__gte=on).select_related("delegate")
    delegations = delegations.filter(Q(revoked_on__isnull=True) | Q(revoked_on__gt=on))
    effects.delegations = [Touched(row, None) for row in delegations.order_by("unit", "from_on", "pk")]
    tasks = Task.objects.filter(state=TaskState.OPEN)
    led = tasks.filter(lead_unit__in=ended).order_by("lead_unit", "pk")
    effects.tasks = [Touched(row, number[row.lead_unit_id]) for row in led]
    links = Task.joining_units.through.objects.filter(unit__in=ended, task__state=TaskState.OPEN)
    joined = links.select_related("task").order_by("unit", "task")
    effects.joined = [Touched(row, number[row.unit_id]) for row in joined]
    given = tasks.filter(giving_unit__in=ended).order_by("giving_unit", "pk")
    effects.given = [Touched(row, number[row.giving_unit_id]) for row in given]


def _written(effects: Effects) -> list[Written]:
    """What the ended units wrote, by unit in the order of their names."""
    units = [row.unit_id for row in effects.ended]
    open_ones = Difficulty.objects.filter(state=DifficultyState.OPEN, continued_by__isnull=True)
    late = Conference.objects.filter(held_on__gte=effects.frame.on)
    rows = Unit.objects.filter(pk__in=units).values_list(
        "pk", *map(_how_many, (DanVanKheo.objects, Conference.objects, open_ones, late))
    )
    counts = {unit: numbers for unit, *numbers in rows if any(numbers)}
    onward = {unit: [edge for edge in effects.edges if edge.predecessor == unit] for unit in units}
    return [
        Written(
            unit,
            *(number or 0 for number in counts[unit]),
            edges[0].number if len(edges) == 1 and edges[0].kind in WHOLE_KINDS else None,
        )
        for unit, edges in onward.items()
        if unit in counts
    ]


def _how_many(rows) -> Subquery:
    """How many of the rows are of the outer unit; None for none."""
    of_unit = rows.filter(unit=OuterRef("pk")).order_by().values("unit")
    return Subquery(of_unit.annotate(count=Count("pk")).values("count"))


def _roles(plan: Plan, ended: set[int], number: dict[int, int | None]) -> list[Touched]:
    """Roles of ended units; one that the person already holds in the successor is not moved there again."""
    units = {plan.changes[at].result.unit for at in number.values() if at is not None} - {None}
    standing = UnitRole.objects.filter(unit__in=units).values_list("user_id", "role", "unit_id")
    held = {(user, role, unit) for user, role, unit in standing}
    found = []
    for row in (
        UnitRole.objects.filter(unit__in=ended).select_related("user").order_by("unit", "user", "role")
    ):
        at = number[row.unit_id]
        target = None if at is None else plan.changes[at].result.unit or f"new {at}"
        key = (row.user_id, row.role, target)
        found.append(Touched(row, at, "Đã có vai trò này ở đơn vị mới" if key in held else ""))
        if target is not None:
            held.add(key)
    return found


def _starts_later(row: Appointment, on: date) -> str:
    begins = max(day for day in (row.from_on, row.attested_on) if day)
    return "Ghi bắt đầu từ ngày sắp xếp trở đi: sửa tay sau khi áp dụng" if begins >= on else ""


def last_edges(unit_ids: set[int], on: date):
    """Edges of the units dated on the day or later."""
    either = Q(predecessor__in=unit_ids) | Q(successor__in=unit_ids)
    return UnitSuccession.objects.filter(either, on__gte=on)


def units_of(effects: Effects) -> list[Unit]:
    """Every unit that stands and is named or lies below one that ends."""
    return [row.unit for row in effects.before.values()] + [child.version.unit for child in effects.children]
