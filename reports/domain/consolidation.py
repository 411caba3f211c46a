"""Own | Below | Total of every figure of a report (architecture, decision 5).

Below = the own figures and adjustments of the reports under this one that are in force and accepted.
Sums, stocks and opening counts add over units; a ratio is Σ numerator / Σ denominator over the units
that gave both; a computed figure is computed from the sums. Nothing is averaged.
"""

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from functools import cached_property

from django.db.models import Count, F, Q, Sum

from reports.domain.expressions import Operand, evaluate_value, parse
from reports.enums import ADDED_OPS, FigureSource, IndicatorOp, Qualifier, State, ValueState
from reports.models import Figure, FrozenTotal, Indicator, Report
from reports.scopes import path_range

KNOWN = (ValueState.NUMBER, ValueState.NONE)
HUNDRED = Decimal(100)
#: Ratios are kept in percent, to this many decimals.
RATIO_STEP = Decimal("0.001")
#: Beyond this many the units that are missing are only counted.
NAMES_SHOWN = 10


@dataclass(frozen=True)
class Total:
    """One indicator: values in its unit (percent for ratios), None where nobody gave a number.

    ``counted`` is how many units below are in the sum; ``missing`` names the accepted units that said
    “chưa có số liệu”.
    """

    own: Decimal | None = None
    own_qualifier: str = ""
    below: Decimal | None = None
    adjustment: Decimal | None = None
    total: Decimal | None = None
    qualifier: str = ""
    counted: int = 0
    missing: tuple[str, ...] = ()


EMPTY = Total()


@dataclass(frozen=True)
class Coverage:
    """Which units below are in the sums: counts, and the names of those that are not."""

    expected: int = 0
    accepted: int = 0
    missing: tuple[str, ...] = ()

    @property
    def is_complete(self) -> bool:
        """Whether every unit below is in."""
        return self.expected == self.accepted

    @property
    def partial_words(self) -> str:
        """What is said in place of the comparison while units are missing; "" while none is.

        Some units beside all of last year's would look like a fall.
        """
        if self.is_complete:
            return ""
        names, more = ", ".join(self.missing[:NAMES_SHOWN]), len(self.missing) - NAMES_SHOWN
        others = f" và {more} đơn vị khác" if more > 0 else ""
        missing = f" Chưa cộng: {names}{others}." if names else ""
        return (
            f"Đã cộng {self.accepted}/{self.expected} đơn vị.{missing} "
            "Chưa đủ đơn vị nên không tính tăng, giảm so với cùng kỳ."
        )

    def as_json(self) -> dict:
        """The form stored with an issued edition."""
        return {"expected": self.expected, "accepted": self.accepted, "missing": list(self.missing)}


@dataclass
class _Sums:
    """Sums of one column by indicator code, with the pairs that ratios need."""

    values: dict[str, Decimal] = field(default_factory=dict)
    pairs: dict[str, tuple[Decimal, Decimal]] = field(default_factory=dict)

    def plus(self, other: "_Sums") -> "_Sums":
        """Add another column."""
        values = dict(self.values)
        for code, value in other.values.items():
            values[code] = values.get(code, Decimal(0)) + value
        pairs = dict(self.pairs)
        for code, (numerator, denominator) in other.pairs.items():
            have = pairs.get(code, (Decimal(0), Decimal(0)))
            pairs[code] = (have[0] + numerator, have[1] + denominator)
        return _Sums(values, pairs)


def coverage(report: Report) -> Coverage:
    """How many units below are in the sums, and which are missing (in tree order)."""
    rows = list(
        Report.objects.below(report)
        .order_by("path")
        .values_list("unit_version__short_name", "in_force__state")
    )
    missing = tuple(name for name, state in rows if state != State.ACCEPTED)
    return Coverage(len(rows), len(rows) - len(missing), missing)


def coverage_as_read(edition) -> Coverage:
    """Coverage as it was frozen with a sent edition, as it is now for any other.

    Of a report read ``with_coverage`` without the names, and without a query.
    """
    kept, report = edition.coverage, edition.report
    if not kept:
        if hasattr(report, "expected_below"):
            return Coverage(report.expected_below, report.accepted_below)
        return coverage(report)
    return Coverage(kept["expected"], kept["accepted"], tuple(kept["missing"]))


class BelowSums:
    """What the reports below a report add, read when it is first asked for: for several totals of one report."""

    def __init__(self, report: Report, indicators: list[Indicator]):
        self._report, self._indicators = report, indicators

    @cached_property
    def read(self):
        """The column and what is told of it; two queries, once."""
        return _sum_below(self._report, self._indicators)


def totals(
    edition,
    *,
    indicators: list[Indicator] | None = None,
    figures: list[Figure] | None = None,
    has_below: bool = True,
    below_sums: BelowSums | None = None,
) -> dict[str, Total]:
    """Totals of a live edition by indicator code.

    ``indicators`` and ``figures`` (the edition's own and its adjustments) are taken where the caller has
    them already, and ``below_sums``; ``has_below=False`` spares the queries below.
    """
    report = edition.report
    if indicators is None:
        indicators = list(Indicator.objects.filter(version_id=report.round.outline_version_id))
    if figures is None:
        figures = list(Figure.objects.filter(edition=edition))
    codes = {indicator.pk: indicator.code for indicator in indicators}
    own_rows = [(codes[f.indicator_id], f.source, f.value_state, f.value, f.qualifier) for f in figures]
    own = _column(own_rows, indicators, FigureSource.OWN)
    adjusted = _Sums(_column(own_rows, indicators, FigureSource.ADJUSTMENT).values)
    below, counted, qualified, missing = _Sums(), {}, set(), defaultdict(list)
    if has_below:
        below, counted, qualified, missing = (below_sums or BelowSums(report, indicators)).read
    own_qualifiers = {code: q for code, source, _s, _v, q in own_rows if source == FigureSource.OWN and q}
    grand = _adjust_pairs(own.plus(below).plus(adjusted), adjusted.values, indicators)
    own_done, below_done, grand_done = (_finish(sums, indicators) for sums in (own, below, grand))
    return {
        i.code: Total(
            own=own_done.get(i.code),
            own_qualifier=own_qualifiers.get(i.code, ""),
            below=below_done.get(i.code),
            adjustment=adjusted.values.get(i.code),
            total=grand_done.get(i.code),
            qualifier=_qualifier(i.code, own_qualifiers, qualified, below_done),
            counted=counted.get(i.code, 0),
            missing=tuple(missing.get(i.code, ())),
        )
        for i in indicators
    }


def frozen_totals(edition) -> dict[str, Total]:
    """Totals as they stood when the edition was issued, by indicator code."""
    return {
        row.indicator.code: Total(
            own=row.own,
            own_qualifier=row.own_qualifier,
            below=row.below,
            adjustment=row.adjustment,
            total=row.total,
            qualifier=row.qualifier,
            counted=row.counted,
            missing=tuple(row.missing),
        )
        for row in FrozenTotal.objects.filter(edition=edition).select_related("indicator")
    }


def totals_as_read(edition, **options) -> dict[str, Total]:
    """Frozen totals of a sent edition, live totals of any other."""
    return frozen_totals(edition) if edition.pdf_sha256 else totals(edition, **options)


@dataclass(frozen=True)
class PartOfTotal:
    """One unit below in a total; ``figure`` and ``adjustment`` are None where it ``counts`` not, or has none."""

    report: Report
    counts: bool
    figure: Figure | None = None
    adjustment: Decimal | None = None


def parts_of_total(report: Report, indicator: Indicator) -> list[PartOfTotal]:
    """What one total is made of: every unit below, in tree order; two queries."""
    cells = {(f.edition_id, f.source): f for f in _figures_in_force(report).filter(indicator=indicator)}
    parts = []
    below = Report.objects.below(report).select_related("unit_version", "in_force", "latest").order_by("path")
    for child in below:
        if child.in_force is None or child.in_force.state != State.ACCEPTED:
            parts.append(PartOfTotal(child, counts=False))
            continue
        figure = cells.get((child.in_force_id, FigureSource.OWN))
        adjusted = cells.get((child.in_force_id, FigureSource.ADJUSTMENT))
        parts.append(PartOfTotal(child, True, figure, adjusted.value if adjusted else None))
    return parts


def _pair_codes(indicators) -> list[tuple[str, str, str]]:
    return [(i.code, i.numerator_code, i.denominator_code) for i in indicators if i.op == IndicatorOp.RATIO]


def _column(rows, indicators, source) -> _Sums:
    """One unit's own column (or its adjustments) as sums."""
    added = {i.code for i in indicators if i.op in ADDED_OPS}
    values = {
        code: value
        for code, row_source, state, value, _q in rows
        if row_source == source and state in KNOWN and value is not None and code in added
    }
    pairs = {
        code: (values[numerator], values[denominator])
        for code, numerator, denominator in _pair_codes(indicators)
        if numerator in values and denominator in values
    }
    return _Sums(values, pairs)


def _figures_in_force(report: Report):
    """Own figures and adjustments of the reports below that count."""
    return Figure.objects.filter(
        path_range(report.path, "edition__report__path"),
        edition__report__round_id=report.round_id,
        edition_id=F("edition__report__in_force_id"),
        edition__state=State.ACCEPTED,
    ).exclude(edition__report_id=report.pk)


def _sum_below(report: Report, indicators):
    """Sums below by one GROUP BY; who said “chưa có số liệu” and the pairs of the ratios by one query more."""
    codes = {i.pk: i.code for i in indicators}
    added = [i.pk for i in indicators if i.op in ADDED_OPS]
    figures = _figures_in_force(report).filter(indicator_id__in=added)
    known = Q(value_state__in=[str(state) for state in KNOWN])
    values, counted, qualified = {}, {}, set()
    for pk, total, units, marked in (
        figures.values_list("indicator_id")
        .annotate(
            total=Sum("value", filter=known),
            units=Count("pk", filter=known & Q(source=FigureSource.OWN)),
            marked=Count("pk", filter=known & ~Q(qualifier="")),
        )
        .order_by()
    ):
        if total is not None:
            values[codes[pk]] = total
        counted[codes[pk]] = units
        if marked:
            qualified.add(codes[pk])
    missing, by_unit, adjusted = _unit_by_unit(figures, indicators)
    sums = _Sums(values, _pairs_below(by_unit, indicators))
    return _adjust_pairs(sums, adjusted, indicators), counted, qualified, missing


def _unit_by_unit(figures, indicators):
    """What sums do not tell: {code: names of units without a figure}, and of what ratios are made of

    {edition: {code: own value}} and {code: Σ adjustments}.
    """
    wanted = {code for _ratio, *addends in _pair_codes(indicators) for code in addends}
    addends = Q(indicator__code__in=wanted, value_state__in=[str(state) for state in KNOWN])
    rows = (
        figures.filter(Q(value_state=ValueState.NO_DATA) | addends)
        .order_by("edition__report__path")
        .values_list(
            "edition_id",
            "indicator__code",
            "source",
            "value_state",
            "value",
            "edition__report__unit_version__short_name",
        )
    )
    missing, by_unit, adjusted = defaultdict(list), defaultdict(dict), defaultdict(Decimal)
    for edition_id, code, source, state, value, name in rows:
        if state == ValueState.NO_DATA:
            missing[code].append(name)
        elif source == FigureSource.ADJUSTMENT:
            adjusted[code] += value
        else:
            by_unit[edition_id][code] = value
    return missing, by_unit, adjusted


def _pairs_below(by_unit, indicators) -> dict[str, tuple[Decimal, Decimal]]:
    """Σ numerator and Σ denominator over the units that gave both."""
    sums = {}
    for ratio, numerator, denominator in _pair_codes(indicators):
        both = [unit for unit in by_unit.values() if numerator in unit and denominator in unit]
        if both:
            sums[ratio] = (sum(unit[numerator] for unit in both), sum(unit[denominator] for unit in both))
    return sums


def _adjust_pairs(sums: _Sums, adjusted: Mapping[str, Decimal], indicators) -> _Sums:
    """Adjustments count on either side of a ratio that units gave, as they do in the sums beside it."""
    pairs = {
        ratio: (
            sums.pairs[ratio][0] + adjusted.get(numerator, Decimal(0)),
            sums.pairs[ratio][1] + adjusted.get(denominator, Decimal(0)),
        )
        for ratio, numerator, denominator in _pair_codes(indicators)
        if ratio in sums.pairs
    }
    return _Sums(sums.values, pairs)


def _finish(sums: _Sums, indicators) -> dict[str, Decimal]:
    """Add the computed cells: ratios (percent) and expressions."""
    done = dict(sums.values)
    for indicator in indicators:
        if indicator.op == IndicatorOp.RATIO and indicator.code in sums.pairs:
            numerator, denominator = sums.pairs[indicator.code]
            if denominator:
                done[indicator.code] = (numerator / denominator * HUNDRED).quantize(RATIO_STEP)
        elif indicator.op == IndicatorOp.CALC:
            value = evaluate_value(
                parse(indicator.expression), lambda _scope, code: Operand(done.get(code), False)
            )
            if value is not None:
                done[indicator.code] = value
    return done


def _qualifier(code, own_qualifiers, qualified_below, below_values) -> str:
    """A total with a qualified addend is itself only an estimate; a lone own figure keeps its word."""
    if code in own_qualifiers and below_values.get(code) is None:
        return own_qualifiers[code]
    if code in own_qualifiers or code in qualified_below:
        return Qualifier.ESTIMATED
    return ""
