"""What the figures say while somebody types: findings, computed cells, totals, changes.

The figures of other periods, which these are compared with, do not change while he types: they are kept for
some minutes by each process. The check before handing in reads everything anew.
"""

import time
from collections import OrderedDict, defaultdict
from dataclasses import dataclass

from reports.domain import checks, consolidation, series
from reports.domain.checks import Finding
from reports.domain.known_outlines import KnownOutline
from reports.enums import FigureSource
from reports.models import Figure, Report

SECONDS_KEPT = 300
MOST_KEPT = 500
_kept: OrderedDict[tuple, tuple[float, "Yardstick"]] = OrderedDict()


@dataclass(frozen=True)
class Yardstick:
    """The figures of other periods that those of one report are compared with."""

    same: series.OtherPeriod
    previous: series.OtherPeriod


@dataclass(frozen=True)
class Told:
    """``numbers`` and ``findings`` by indicator code."""

    numbers: dict[str, consolidation.Total]
    findings: dict[str, list[Finding]]
    same: series.OtherPeriod


def tell(
    edition,
    outline: KnownOutline,
    cells: list[Figure],
    *,
    is_fresh: bool = False,
    numbers: dict[str, consolidation.Total] | None = None,
) -> Told:
    """What is to be said of the figures of an edition (own ones and adjustments), which the caller has read.

    No query for a report with none below it, once its yardstick is kept; three for one with reports below.
    ``is_fresh``: read the yardstick anew; ``numbers``: the totals, where the caller has them.
    """
    report, indicators = edition.report, list(outline.indicators)
    beside = yardstick(report, is_fresh=is_fresh)
    own = {cell.indicator_id: cell for cell in cells if cell.source == FigureSource.OWN}
    if numbers is None:
        numbers = consolidation.totals(
            edition, indicators=indicators, figures=cells, has_below=report.has_below
        )
    found = checks.check_rules(indicators, outline.rules, numbers, beside.same, beside.previous, own)
    found += checks.check_changes(indicators, numbers, beside.same, own)
    findings = defaultdict(list)
    for finding in found:
        findings[finding.code].append(finding)
    return Told(numbers, findings, beside.same)


def yardstick(report: Report, *, is_fresh: bool = False) -> Yardstick:
    """What one report is compared with, perhaps some minutes old unless ``is_fresh``.

    A query to read it, three for a unit that was others then.
    """
    key, now = (report.pk, report.round.opened_at), time.monotonic()
    kept = None if is_fresh else _kept.get(key)
    if kept is not None and kept[0] > now:
        return kept[1]
    found = Yardstick(*series.other_periods(report))
    _kept.pop(key, None)
    _kept[key] = now + SECONDS_KEPT, found
    while len(_kept) > MOST_KEPT:
        _kept.popitem(last=False)
    return found


def forget() -> None:
    """Read every other period anew when it is asked for next."""
    _kept.clear()
