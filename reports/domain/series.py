"""Figures of other periods beside this one: cùng kỳ (same window last year) and kỳ trước (the window just before).

Two names, never mixed (domain.md §2). Found by unit and period key, never by the id of a round.
"""

from dataclasses import dataclass, field
from datetime import timedelta
from decimal import Decimal

from reports.models import FrozenTotal, Report


@dataclass(frozen=True)
class Known:
    """A figure of another period: value in the indicator's unit, and its qualifier code."""

    value: Decimal
    qualifier: str = ""


@dataclass(frozen=True)
class OtherPeriod:
    """An earlier report in force: its label and its figures by indicator code."""

    label: str
    edition_id: int | None = None
    own: dict[str, Known] = field(default_factory=dict)
    total: dict[str, Known] = field(default_factory=dict)


NOTHING = OtherPeriod(label="")


def same_period(report: Report) -> OtherPeriod:
    """Cùng kỳ: the unit's report of the same kind and number, one year earlier."""
    kind, year, number = report.round.period.same_period_key()
    earlier = Report.objects.filter(
        unit_id=report.unit_id,
        round__period__kind=kind,
        round__period__year=year,
        round__period__number=number,
        in_force__isnull=False,
    )
    return _load(earlier)


def previous_period(report: Report) -> OtherPeriod:
    """Kỳ trước: the unit's report whose window ended the day before this one begins."""
    earlier = Report.objects.filter(
        unit_id=report.unit_id,
        round__window_to=report.round.window_from - timedelta(days=1),
        in_force__isnull=False,
    )
    return _load(earlier)


def _load(reports) -> OtherPeriod:
    earlier = reports.select_related("round__period").order_by("-round__window_from").first()
    if earlier is None:
        return NOTHING
    own, total = {}, {}
    rows = FrozenTotal.objects.filter(edition_id=earlier.in_force_id).values_list(
        "indicator__code", "own", "own_qualifier", "total", "qualifier"
    )
    for code, own_value, own_qualifier, total_value, qualifier in rows:
        if own_value is not None:
            own[code] = Known(own_value, own_qualifier)
        if total_value is not None:
            total[code] = Known(total_value, qualifier)
    return OtherPeriod(earlier.round.period.label, earlier.in_force_id, own, total)
