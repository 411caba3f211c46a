"""One figure of a unit over its last periods: the same window year after year, up to the report being written."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from models_dv.models import Period
from models_dv.vietnamese.numbers import format_qualified
from reports.domain import series
from reports.domain.consolidation import Total
from reports.domain.public_trends import Trend, TrendPoint
from reports.enums import IndicatorKind
from reports.models import FrozenTotal, Indicator, Report

#: This period and four before it.
PERIODS_SHOWN = 5


@dataclass(frozen=True)
class History(Trend):
    """The trend of one figure as its unit sees it, with what is not published yet."""

    @property
    def title(self) -> str:
        """“Cùng kỳ các năm 2022–2026”."""
        return f"Cùng kỳ các năm {self.points[0].year}–{self.points[-1].year}"


def history(
    report: Report, indicator: Indicator, now: Total, last_year: series.OtherPeriod, *, on_total: bool
) -> History | None:
    """The last five periods of the kind, ``now`` being the present one; None before there are two.

    One query. Where the unit came out of others, last year is put together from them (``last_year``).
    """
    points = _earlier(report, indicator, on_total)
    known, year = last_year.known(indicator.code, on_total=on_total), report.round.period.year
    if known is not None and year - 1 not in points:
        day = series.a_year_before(report.round.window_to)
        points[year - 1] = _point(indicator, year - 1, day, known.value, known.qualifier, known.provenance)
    value, qualifier = (now.total, now.qualifier) if on_total else (now.own, now.own_qualifier)
    if value is not None:
        points[year] = _point(indicator, year, report.round.window_to, value, qualifier, "bản đang soạn")
    shown = [points[year] for year in sorted(points)][-PERIODS_SHOWN:]
    if len(shown) < 2:
        return None
    return History(indicator.name, indicator.unit_name, report.round.period.kind, tuple(shown))


def _earlier(report: Report, indicator: Indicator, on_total: bool) -> dict[int, TrendPoint]:
    """What the unit's own reports in force said, by year."""
    period: Period = report.round.period
    reports = Report.objects.filter(
        unit_id=report.unit_id,
        round__period__kind=period.kind,
        round__period__number=period.number,
        round__window_to__lt=report.round.window_to,
    ).exclude(in_force=None)
    column = ("total", "qualifier") if on_total else ("own", "own_qualifier")
    rows = (
        FrozenTotal.objects.filter(
            edition_id__in=reports.values("in_force_id"), indicator__code=indicator.code
        )
        .order_by("edition__report__round__window_to")
        .values_list("edition__report__round__period__year", "edition__report__round__window_to", *column)
    )
    return {
        year: _point(indicator, year, window_to, value, qualifier)
        for year, window_to, value, qualifier in rows
        if value is not None
    }


def _point(indicator, year: int, window_to: date, value: Decimal, qualifier: str, note="") -> TrendPoint:
    decimals = 1 if indicator.kind == IndicatorKind.PERCENT else None
    return TrendPoint(year, window_to, value, format_qualified(value, qualifier, decimals=decimals), note)
