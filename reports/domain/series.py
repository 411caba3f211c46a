"""Figures of other periods beside this one: cùng kỳ (same window last year) and kỳ trước (the window just before).

Two names, never mixed (domain.md §2). Found by period key and by the lineage of the unit, never by the id of a
round: where the unit of today was several then, and whole units add up, the figure is their sum and says so; where
one was split, or one's report is missing, nothing is compared and the reason is given (domain.md §1).
"""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from decimal import Decimal

from django.db.models import Q

from models_dv.domain.lineage import has_changes, read_lineage
from models_dv.models import Period
from models_dv.vietnamese.numbers import format_qualified
from reports.domain.consolidation import HUNDRED, RATIO_STEP
from reports.enums import IndicatorOp, Qualifier
from reports.models import FrozenTotal, Report

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
    kind, year, number = report.round.period.same_period_key()
    of_period = Q(round__period__kind=kind, round__period__year=year, round__period__number=number)
    label = Period(kind=kind, year=year, number=number).label
    return _read(report, of_period, a_year_before(report.round.window_to), label)


def previous_period(report: Report) -> OtherPeriod:
    """Kỳ trước: what the unit's report said whose window ended the day before this one begins."""
    day_before = report.round.window_from - timedelta(days=1)
    return _read(report, Q(round__window_to=day_before), day_before, "kỳ trước")


def other_periods(report: Report) -> tuple[OtherPeriod, OtherPeriod]:
    """(cùng kỳ, kỳ trước) in two queries together, where the unit is the one it was then; else each by itself."""
    key, until = report.round.period.same_period_key(), report.round.window_to
    kind, year, number = key
    day_before = report.round.window_from - timedelta(days=1)
    same = Q(round__period__kind=kind, round__period__year=year, round__period__number=number)
    wanted = Q(in_force__isnull=False) & (same | Q(round__window_to=day_before))
    rows = list(
        Report.objects.filter(wanted | Q(pk=report.pk), unit_id=report.unit_id)
        .annotate(
            is_changed=has_changes(report.unit_id, min(a_year_before(until), day_before), until),
        )
        .select_related("round__period")
        .order_by("-round__window_from")
    )
    if any(row.is_changed for row in rows):
        return same_period(report), previous_period(report)
    others = [row for row in rows if row.pk != report.pk]
    periods = [(row, row.round.period) for row in others]
    of_year = next((row for row, p in periods if (p.kind, p.year, p.number) == key), None)
    before = next((row for row in others if row.round.window_to == day_before), None)
    found = _of_units([row for row in (of_year, before) if row])
    return (
        found[of_year.in_force_id] if of_year else NOTHING,
        found[before.in_force_id] if before else NOTHING,
    )


def a_year_before(day: date) -> date:
    """The same day a year earlier; 28 February for the 29th."""
    try:
        return day.replace(year=day.year - 1)
    except ValueError:
        return day.replace(year=day.year - 1, day=28)


def _read(report: Report, of_period: Q, after: date, label: str) -> OtherPeriod:
    """Two queries; up to four more where units changed after the day ``after``, on which the other window ended."""
    until = report.round.window_to
    of_period &= Q(in_force__isnull=False)
    # The report itself is asked for too: it always answers whether units changed.
    rows = list(
        Report.objects.filter(unit_id=report.unit_id)
        .filter(of_period | Q(pk=report.pk))
        .annotate(is_changed=has_changes(report.unit_id, after, until))
        .select_related("round__period")
        .order_by("-round__window_from")
    )
    own = next((row for row in rows if row.pk != report.pk), None)
    if not any(row.is_changed for row in rows):
        return _of_the_unit(own) if own else NOTHING
    lineage = read_lineage(report.unit_id, after=own.round.window_to if own else after, until=until)
    origin = lineage.origin()
    if not lineage.edges:
        return _of_the_unit(own) if own else NOTHING
    if origin.broken:
        return OtherPeriod(label, not_comparable=origin.broken)
    reports = _newest_by_unit(Report.objects.filter(of_period, unit_id__in=origin.unit_ids))
    if not reports:
        return NOTHING
    missing = [origin.names[unit_id] for unit_id in origin.unit_ids if unit_id not in reports]
    if missing:
        return OtherPeriod(label, not_comparable=f"Chưa có báo cáo {label} của {', '.join(missing)}")
    return _put_together([reports[unit_id] for unit_id in origin.unit_ids])


def _newest_by_unit(reports) -> dict[int, Report]:
    """Of two rounds of one period the one that began last, as for a unit that did not change."""
    rows = reports.select_related("unit_version", "round__period").order_by("round__window_from")
    return {report.unit_id: report for report in rows}


def _of_the_unit(report: Report) -> OtherPeriod:
    return _of_units([report])[report.in_force_id]


def _of_units(reports: Sequence[Report]) -> dict[int, OtherPeriod]:
    """What reports in force said, by the edition that said it; one query."""
    found = {r.in_force_id: OtherPeriod(r.round.period.label, r.in_force_id) for r in reports}
    rows = FrozenTotal.objects.filter(edition_id__in=list(found)).values_list(
        "edition_id", "indicator__code", "own", "own_qualifier", "total", "qualifier"
    )
    for edition_id, code, own_value, own_qualifier, total_value, qualifier in rows if found else ():
        if own_value is not None:
            found[edition_id].own[code] = Known(own_value, own_qualifier)
        if total_value is not None:
            found[edition_id].total[code] = Known(total_value, qualifier)
    return found


# --- several units then, one now ------------------------------------------------------------------------


@dataclass(frozen=True)
class _How:
    """How the values of one indicator are put together, as the outlines of that day say."""

    op: str
    numerator: str
    denominator: str


@dataclass(frozen=True)
class _Then:
    """One unit of that day and one of its columns: value and qualifier by indicator code."""

    name: str
    edition_id: int
    cells: dict[str, tuple[Decimal, str]] = field(default_factory=dict)


class _Gap(Exception):
    """The figure cannot be put together; the message says why."""


def _put_together(reports: Sequence[Report]) -> OtherPeriod:
    """The reports of the units that are one unit now, column by column."""
    own = {r.in_force_id: _Then(r.unit_version.name, r.in_force_id) for r in reports}
    total = {r.in_force_id: _Then(r.unit_version.name, r.in_force_id) for r in reports}
    how: dict[str, _How] = {}
    rows = FrozenTotal.objects.filter(edition_id__in=list(own)).exclude(indicator__op=IndicatorOp.TEXT)
    for edition_id, code, op, numerator, denominator, *cells in rows.values_list(
        "edition_id",
        "indicator__code",
        "indicator__op",
        "indicator__numerator_code",
        "indicator__denominator_code",
        "own",
        "own_qualifier",
        "total",
        "qualifier",
    ):
        how[code] = _How(op, numerator, denominator)
        for columns, value, qualifier in ((own, *cells[:2]), (total, *cells[2:])):
            if value is not None:
                columns[edition_id].cells[code] = value, qualifier
    own_known, own_gaps = _column(list(own.values()), how)
    total_known, total_gaps = _column(list(total.values()), how)
    return OtherPeriod(
        reports[0].round.period.label,
        own=own_known,
        total=total_known,
        own_gaps=own_gaps,
        total_gaps=total_gaps,
        sources=tuple(then.name for then in own.values()),
    )


def _column(units: list[_Then], how: dict[str, _How]) -> tuple[dict[str, Known], dict[str, str]]:
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


def _sum(units: list[_Then], code: str, _way: _How) -> Known:
    """Qualifiers as in consolidation: a qualified addend makes the sum an estimate, a lone figure keeps its word."""
    lacking = [unit.name for unit in units if code not in unit.cells]
    if lacking:
        raise _Gap(f"{', '.join(lacking)} chưa có số liệu")
    parts = _parts(units, code)
    qualifier = parts[0].qualifier
    if len(parts) > 1:
        qualifier = Qualifier.ESTIMATED if any(part.qualifier for part in parts) else ""
    return Known(sum(part.value for part in parts), qualifier, parts)


def _ratio(units: list[_Then], code: str, way: _How) -> Known:
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
