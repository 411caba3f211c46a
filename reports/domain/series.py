"""Figures of other periods beside this one: cùng kỳ (same window last year) and kỳ trước (the window just before).

Two names, never mixed (domain.md §2). Found by period key and by the lineage of the unit, never by the id of a
round: where the unit of today was several then, and whole units add up, the figure is their sum and says so; where
one was split, or one's report is missing, nothing is compared and the reason is given (domain.md §1).
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from decimal import Decimal
from functools import reduce
from operator import or_

from django.db.models import Q, QuerySet, Value

from models_dv.domain.lineage import Lineage, Origin, has_changes, read_lineage
from models_dv.models import Period
from models_dv.vietnamese.numbers import format_qualified
from reports.domain.consolidation import HUNDRED, RATIO_STEP
from reports.enums import IndicatorOp, Qualifier
from reports.models import Report

NOT_COMPARABLE = "không so sánh được"


@dataclass(frozen=True)
class Part:
    """What one of the units of that day had: its name then, its value, and the edition that says so."""

    name: str
    value: Decimal
    qualifier: str
    edition_id: int


@dataclass(frozen=True)
class Known:
    """A figure of another period: value in the indicator's unit, and its qualifier code.

    ``parts`` are the units of that day it is put together from; empty where it is the unit's own.
    ``is_sum`` is false for a ratio, which is Σ numerator / Σ denominator.
    """

    value: Decimal
    qualifier: str = ""
    parts: tuple[Part, ...] = ()
    is_sum: bool = True

    @property
    def addends(self) -> str:
        """“10 + 11”; “tính chung” for a ratio; "" where there are no two to put together."""
        if len(self.parts) < 2:
            return ""
        if not self.is_sum:
            return "tính chung"
        return " + ".join(format_qualified(part.value, part.qualifier) for part in self.parts)

    @property
    def provenance(self) -> str:
        """“10 + 11: Tỉnh uỷ A, Tỉnh uỷ B”; "" where it is the unit's own."""
        names = ", ".join(part.name for part in self.parts)
        if len(self.parts) < 2:
            return f"theo số của {names}" if names else ""
        return f"{self.addends}: {names}"


@dataclass(frozen=True)
class OtherPeriod:
    """An earlier report in force, or those of the units that this one was then: label, figures by indicator code.

    ``not_comparable`` is the reason why there are none at all; ``own_gaps`` and ``total_gaps`` the reasons of
    single figures. ``sources`` are the names of the units of that day, where there were others.
    """

    label: str
    edition_id: int | None = None
    own: dict[str, Known] = field(default_factory=dict)
    total: dict[str, Known] = field(default_factory=dict)
    not_comparable: str = ""
    own_gaps: dict[str, str] = field(default_factory=dict)
    total_gaps: dict[str, str] = field(default_factory=dict)
    sources: tuple[str, ...] = ()

    def known(self, code: str, *, on_total: bool) -> Known | None:
        """The figure of one indicator in the column Tổng or Của đơn vị."""
        return (self.total if on_total else self.own).get(code)

    def why_not(self, code: str, *, on_total: bool) -> str:
        """Why the figure of one indicator cannot be compared; "" where it can, or was never counted."""
        return self.not_comparable or (self.total_gaps if on_total else self.own_gaps).get(code, "")


NOTHING = OtherPeriod(label="")


def same_period_words(other: OtherPeriod) -> str:
    """What a page or a paper says once of its column “Cùng kỳ”; "" where the figures are the unit's own."""
    if other.not_comparable:
        return f"Cùng kỳ {NOT_COMPARABLE}: {other.not_comparable}."
    if len(other.sources) > 1:
        return f"Cùng kỳ cộng số của {', '.join(other.sources)}."
    return f"Cùng kỳ theo số của {other.sources[0]}." if other.sources else ""


def same_period(report: Report) -> OtherPeriod:
    """Cùng kỳ: what the unit's report of the same kind and number said, one year earlier."""
    return _read(report, _a_year_ago(report))[0]


def previous_period(report: Report) -> OtherPeriod:
    """Kỳ trước: what the unit's report said whose window ended the day before this one begins."""
    return _read(report, _just_before(report))[0]


def other_periods(report: Report) -> tuple[OtherPeriod, OtherPeriod]:
    """(cùng kỳ, kỳ trước), read together."""
    same, previous = _read(report, _a_year_ago(report), _just_before(report))
    return same, previous


def a_year_before(day: date) -> date:
    """The same day a year earlier; 28 February for the 29th."""
    try:
        return day.replace(year=day.year - 1)
    except ValueError:
        return day.replace(year=day.year - 1, day=28)


# --- reading ---------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class _Wanted:
    """Another period: which reports are of it, the day its window ended by the calendar, what it is called."""

    reports: Q
    after: date
    label: str
    holds: Callable[["_Said"], bool]


def _a_year_ago(report: Report) -> _Wanted:
    kind, year, number = key = report.round.period.same_period_key()
    return _Wanted(
        Q(round__period__kind=kind, round__period__year=year, round__period__number=number),
        a_year_before(report.round.window_to),
        Period(kind=kind, year=year, number=number).label,
        lambda said: said.period == key,
    )


def _just_before(report: Report) -> _Wanted:
    day_before = report.round.window_from - timedelta(days=1)
    return _Wanted(
        Q(round__window_to=day_before), day_before, "kỳ trước", lambda said: said.ended_on == day_before
    )


@dataclass(frozen=True)
class _Cell:
    """One frozen figure, and how its outline puts it together."""

    op: str
    numerator: str
    denominator: str
    own: Decimal | None
    own_qualifier: str
    total: Decimal | None
    qualifier: str


#: Where the fields of ``_Cell`` are, from a report.
_CELL = (
    *(f"in_force__totals__indicator__{name}" for name in ("op", "numerator_code", "denominator_code")),
    *(f"in_force__totals__{name}" for name in ("own", "own_qualifier", "total", "qualifier")),
)


@dataclass(frozen=True)
class _Said:
    """A report in force as far as it is compared: whose, of which period, its figures by indicator code."""

    report_id: int
    unit_id: int
    name: str
    edition_id: int
    period: tuple[str, int, int | None]
    ended_on: date
    is_changed: bool
    cells: dict[str, _Cell] = field(default_factory=dict, compare=False)

    @property
    def label(self) -> str:
        """“6 tháng đầu năm 2025”."""
        kind, year, number = self.period
        return Period(kind=kind, year=year, number=number).label


def _said(reports: QuerySet[Report], is_changed=None) -> list[_Said]:
    """What reports said, of those of one unit the one that began last first; one query."""
    rows = (
        reports.annotate(is_changed=is_changed or Value(False))
        .order_by("-round__window_from", "pk")
        .values_list(
            "pk",
            "unit_id",
            "unit_version__name",
            "in_force_id",
            "round__period__kind",
            "round__period__year",
            "round__period__number",
            "round__window_to",
            "is_changed",
            "in_force__totals__indicator__code",
            *_CELL,
        )
    )
    found: dict[int, _Said] = {}
    for pk, unit_id, name, edition_id, kind, year, number, ended_on, changed, code, *cell in rows:
        if pk not in found:
            found[pk] = _Said(pk, unit_id, name, edition_id, (kind, year, number), ended_on, changed)
        if code is not None:
            found[pk].cells[code] = _Cell(*cell)
    return list(found.values())


def _read(report: Report, *wanted: _Wanted) -> list[OtherPeriod]:
    """One answer for each period wanted: one query together; two to three more where the unit was others then."""
    until = report.round.window_to
    after = min(one.after for one in wanted)
    of_any = reduce(or_, (one.reports for one in wanted)) & Q(in_force__isnull=False)
    # The report itself is asked for too: it always answers whether units changed.
    reports = Report.objects.filter(of_any | Q(pk=report.pk), unit_id=report.unit_id)
    rows = _said(reports, has_changes(report.unit_id, after, until))
    own = [
        next((row for row in rows if row.report_id != report.pk and one.holds(row)), None) for one in wanted
    ]
    if not rows[0].is_changed:
        return [_of_the_unit(said) for said in own]
    began = min([after, *(said.ended_on for said in own if said)])
    return _read_back(report, wanted, own, read_lineage(report.unit_id, after=began, until=until))


def _read_back(report: Report, wanted, own: list[_Said | None], lineage: Lineage) -> list[OtherPeriod]:
    """The same where the unit changed: its own report counts where it had not yet; else those it came from."""
    origins = [
        _origin(lineage, said.ended_on if said else one.after) for one, said in zip(wanted, own, strict=True)
    ]
    asked = [
        one.reports & Q(unit_id__in=origin.unit_ids)
        for one, origin in zip(wanted, origins, strict=True)
        if origin and not origin.broken
    ]
    rows = _said(Report.objects.filter(reduce(or_, asked), in_force__isnull=False)) if asked else []
    found = []
    for one, said, origin in zip(wanted, own, origins, strict=True):
        if origin is None:
            found.append(_of_the_unit(said))
        elif origin.broken:
            found.append(OtherPeriod(one.label, not_comparable=origin.broken))
        else:
            found.append(_of_origin(one, origin, [row for row in rows if one.holds(row)]))
    return found


def _origin(lineage: Lineage, after: date) -> Origin | None:
    """What the unit was on the day; None where it has not changed since."""
    changed = any(
        edge.on > after and lineage.unit_id in (edge.predecessor_id, edge.successor_id)
        for edge in lineage.edges
    )
    return lineage.origin(after) if changed else None


def _of_origin(wanted: _Wanted, origin: Origin, rows: list[_Said]) -> OtherPeriod:
    """The figures of the units that are one unit now, where every one of them reported."""
    newest: dict[int, _Said] = {}
    for row in rows:
        newest.setdefault(row.unit_id, row)
    of_units = [newest[unit_id] for unit_id in origin.unit_ids if unit_id in newest]
    if not of_units:
        return NOTHING
    missing = [origin.names[unit_id] for unit_id in origin.unit_ids if unit_id not in newest]
    if missing:
        reason = f"Chưa có báo cáo {wanted.label} của {', '.join(missing)}"
        return OtherPeriod(wanted.label, not_comparable=reason)
    return _put_together(of_units)


def _of_the_unit(said: _Said | None) -> OtherPeriod:
    """What one report in force said."""
    if said is None:
        return NOTHING
    cells = said.cells.items()
    return OtherPeriod(
        said.label,
        said.edition_id,
        own={code: Known(c.own, c.own_qualifier) for code, c in cells if c.own is not None},
        total={code: Known(c.total, c.qualifier) for code, c in cells if c.total is not None},
    )


# --- several units then, one now ------------------------------------------------------------------------


@dataclass(frozen=True)
class _Then:
    """One unit of that day and one of its columns: value and qualifier by indicator code."""

    name: str
    edition_id: int
    cells: dict[str, tuple[Decimal, str]] = field(default_factory=dict)


class _Gap(Exception):
    """The figure cannot be put together; the message says why."""


def _put_together(said: Sequence[_Said]) -> OtherPeriod:
    """The reports of the units that are one unit now, column by column."""
    how = {code: cell for one in said for code, cell in one.cells.items() if cell.op != IndicatorOp.TEXT}
    own = [_then(one, "own", "own_qualifier") for one in said]
    total = [_then(one, "total", "qualifier") for one in said]
    own_known, own_gaps = _column(own, how)
    total_known, total_gaps = _column(total, how)
    return OtherPeriod(
        said[0].label,
        own=own_known,
        total=total_known,
        own_gaps=own_gaps,
        total_gaps=total_gaps,
        sources=tuple(one.name for one in said),
    )


def _then(said: _Said, value: str, qualifier: str) -> _Then:
    """One column of a report."""
    cells = {
        code: (getattr(cell, value), getattr(cell, qualifier))
        for code, cell in said.cells.items()
        if getattr(cell, value) is not None
    }
    return _Then(said.name, said.edition_id, cells)


def _column(units: list[_Then], how: dict[str, _Cell]) -> tuple[dict[str, Known], dict[str, str]]:
    """Figures and reasons by code; what no unit counted is in neither."""
    known, gaps = {}, {}
    for code, way in how.items():
        if all(code not in unit.cells for unit in units):
            continue
        try:
            known[code] = (_ratio if way.op == IndicatorOp.RATIO else _sum)(units, code, way)
        except _Gap as gap:
            gaps[code] = str(gap)
    return known, gaps


def _sum(units: list[_Then], code: str, _way: _Cell) -> Known:
    """Qualifiers as in consolidation: a qualified addend makes the sum an estimate, a lone figure keeps its word."""
    lacking = [unit.name for unit in units if code not in unit.cells]
    if lacking:
        raise _Gap(f"{', '.join(lacking)} chưa có số liệu")
    parts = _parts(units, code)
    qualifier = parts[0].qualifier
    if len(parts) > 1:
        qualifier = Qualifier.ESTIMATED if any(part.qualifier for part in parts) else ""
    return Known(sum(part.value for part in parts), qualifier, parts)


def _ratio(units: list[_Then], code: str, way: _Cell) -> Known:
    """Σ numerator / Σ denominator in percent.

    A unit's pair is what its ratio was made of only where every unit below it had given both.
    """
    numerators = denominators = Decimal(0)
    for unit in units:
        numerator, _q = unit.cells.get(way.numerator, (None, ""))
        denominator, _q = unit.cells.get(way.denominator, (None, ""))
        if numerator is None or denominator is None:
            raise _Gap(f"{unit.name} chưa đủ số liệu để tính tỷ lệ")
        if denominator:
            ratio, _q = unit.cells.get(code, (None, ""))
            if ratio is None or abs(numerator / denominator * HUNDRED - ratio) > RATIO_STEP:
                raise _Gap(f"Tỷ lệ của {unit.name} chưa tính trên đủ các đơn vị")
        numerators, denominators = numerators + numerator, denominators + denominator
    if not denominators:
        raise _Gap("mẫu số bằng 0")
    value = (numerators / denominators * HUNDRED).quantize(RATIO_STEP)
    return Known(value, "", _parts(units, code), is_sum=False)


def _parts(units: list[_Then], code: str) -> tuple[Part, ...]:
    return tuple(Part(u.name, *u.cells[code], u.edition_id) for u in units if code in u.cells)
