"""Rows of the wizard's pages: the changes of a plan in words, and the dry run in tables."""

from dataclasses import dataclass, field

from models_dv.domain.reorganisation.checking import Problem
from models_dv.domain.reorganisation.effects import Child, Effects, Touched, Written
from models_dv.domain.reorganisation.naming import name_below
from models_dv.domain.reorganisation.plan import Change, Plan, Result
from models_dv.enums import SuccessionKind
from models_dv.forms.reorganisation_questions import EXTENT_WORDS, Labels
from models_dv.models import UnitVersion
from reports.domain.reorganisation_effects import ReportEffects


@dataclass(frozen=True)
class PlanRow:
    """A change of the plan: ``sources`` are (words of the extent, label of the unit)."""

    number: int
    change: Change
    sources: list[tuple[str, str]]
    result: str
    what: str
    problems: list[str]


def plan_rows(plan: Plan, labels: Labels, found: list[Problem]) -> list[PlanRow]:
    """The changes of a plan in their order."""
    return [
        PlanRow(
            number,
            change,
            [
                (
                    EXTENT_WORDS[source.extent],
                    labels[source.unit] if source.unit else f"{source.words} (chưa rõ)",
                )
                for source in change.others or change.sources
            ],
            change.result.name or change.result.words,
            _what(change, labels),
            [one.text for one in found if one.change == number],
        )
        for number, change in enumerate(plan.changes)
    ]


def _what(change: Change, labels: Labels) -> str:
    if change.result.is_new:
        return f"Lập mới, mã {change.result.code}" if change.result.code else "Lập mới"
    return f"Giữ {labels[change.result.unit]}" if change.result.unit else "Chưa rõ đơn vị nhận"


@dataclass(frozen=True)
class EndRow:
    """A unit that ends, and what it goes into: (kind of edge, name)."""

    version: UnitVersion
    into: list[tuple[str, str]]


@dataclass(frozen=True)
class PersonRow:
    """A role, appointment, delegation or task of an ended unit; ``to`` is where it would go.

    ``still_reports``: the unit has not sent all its reports, so a role stays there and is given in ``to`` too.
    """

    touched: Touched
    unit: str
    to: str
    ticked: bool = False
    still_reports: bool = False


@dataclass(frozen=True)
class ChildRow:
    """A unit that gets another body above; ``suggested``: what it would be called, where its name has the old one."""

    version: UnitVersion
    old: str
    new: str
    suggested: str


@dataclass(frozen=True)
class WrittenRow:
    """What an ended unit wrote, and who keeps it: ``heir`` is "" where the unit is divided."""

    written: Written
    unit: str
    heir: str


@dataclass
class Preview:
    """The dry run in tables."""

    ended: list[EndRow] = field(default_factory=list)
    created: list[tuple[Change, str, list[tuple[str, str]]]] = field(default_factory=list)
    going_on: list[tuple[Change, UnitVersion, list[tuple[str, str]]]] = field(default_factory=list)
    children: list[ChildRow] = field(default_factory=list)
    roles: list[PersonRow] = field(default_factory=list)
    appointments: list[PersonRow] = field(default_factory=list)
    delegations: list[PersonRow] = field(default_factory=list)
    tasks: list[PersonRow] = field(default_factory=list)
    joined: list[PersonRow] = field(default_factory=list)
    given: list[PersonRow] = field(default_factory=list)
    written: list[WrittenRow] = field(default_factory=list)
    all_ticked: bool = False

    @property
    def renamed_below(self) -> int:
        """How many units below still carry the name of an ended one."""
        return sum(1 for row in self.children if row.suggested)

    @property
    def offered(self) -> list[str]:
        """The successors that roles can be moved to."""
        return list(dict.fromkeys(row.to for row in self.roles if row.to and not row.touched.held))


def preview_of(effects: Effects, labels: Labels, reports: ReportEffects, *, tick_all: bool) -> Preview:
    """The tables of a dry run; roles are ticked only where all were asked for."""
    names = [change.result.name for change in effects.plan.changes]
    before = {unit: row.name for unit, row in effects.before.items()}
    into: dict[int, list[tuple[str, str]]] = {}
    out_of: dict[int, list[tuple[str, str]]] = {}
    for edge in effects.edges:
        kind = str(SuccessionKind(edge.kind).label)
        into.setdefault(edge.predecessor, []).append((kind, names[edge.number]))
        out_of.setdefault(edge.number, []).append((kind, before[edge.predecessor]))
    numbers = {id(change): number for number, change in enumerate(effects.plan.changes)}

    def people(rows: list[Touched], column: str) -> list[PersonRow]:
        return [
            PersonRow(
                one,
                before[getattr(one.row, column)],
                "" if one.number is None else names[one.number],
                ticked=tick_all and one.number is not None and not one.held,
                still_reports=getattr(one.row, column) in reports.waiting,
            )
            for one in rows
        ]

    return Preview(
        ended=[EndRow(row, into.get(row.unit_id, [])) for row in effects.ended],
        created=[
            (change, labels[change.result.parent], out_of.get(numbers[id(change)], []))
            for change in effects.created
        ],
        going_on=[
            (change, version, out_of.get(numbers[id(change)], [])) for change, version in effects.going_on
        ],
        children=[
            _child_row(
                child, effects.before[child.version.parent_id], effects.plan.changes[child.number].result
            )
            for child in effects.children
        ],
        roles=people(effects.roles, "unit_id"),
        appointments=people(effects.appointments, "unit_id"),
        delegations=people(effects.delegations, "unit_id"),
        tasks=people(effects.tasks, "lead_unit_id"),
        joined=people(effects.joined, "unit_id"),
        given=people(effects.given, "giving_unit_id"),
        written=[
            WrittenRow(one, before[one.unit], "" if one.number is None else names[one.number])
            for one in effects.written
        ],
        all_ticked=tick_all,
    )


def _child_row(child: Child, old: UnitVersion, result: Result) -> ChildRow:
    suggested = name_below(child.version, old, result)
    return ChildRow(
        child.version, old.name, result.name, suggested if suggested != child.version.name else ""
    )


def without_anybody(effects: Effects, role_ids: set[int]) -> list[str]:
    """New units to which roles could be moved, and none is."""
    names = [change.result.name for change in effects.plan.changes]
    new = {number for number, change in enumerate(effects.plan.changes) if change.result.is_new}
    offered = [one for one in effects.roles if one.number in new and not one.held]
    taken = {one.number for one in offered if one.row.pk in role_ids}
    return [names[number] for number in sorted({one.number for one in offered} - taken)]
