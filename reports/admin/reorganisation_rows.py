"""Rows of the wizard's pages: the changes of a plan in words, and the dry run in tables."""

from dataclasses import dataclass, field

from models_dv.domain.reorganisation.checking import Problem
from models_dv.domain.reorganisation.effects import Effects, Touched
from models_dv.domain.reorganisation.plan import Change, Plan
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


@dataclass
class Preview:
    """The dry run in tables."""

    ended: list[EndRow] = field(default_factory=list)
    created: list[tuple[Change, str, list[tuple[str, str]]]] = field(default_factory=list)
    going_on: list[tuple[Change, UnitVersion, list[tuple[str, str]]]] = field(default_factory=list)
    children: list[tuple[UnitVersion, str, str]] = field(default_factory=list)
    roles: list[PersonRow] = field(default_factory=list)
    appointments: list[PersonRow] = field(default_factory=list)
    delegations: list[PersonRow] = field(default_factory=list)
    tasks: list[PersonRow] = field(default_factory=list)
    given: list[PersonRow] = field(default_factory=list)
    all_ticked: bool = False


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
            (child.version, before[child.version.parent_id], names[child.number])
            for child in effects.children
        ],
        roles=people(effects.roles, "unit_id"),
        appointments=people(effects.appointments, "unit_id"),
        delegations=people(effects.delegations, "unit_id"),
        tasks=people(effects.tasks, "lead_unit_id"),
        given=people(effects.given, "giving_unit_id"),
        all_ticked=tick_all,
    )
