"""What the figures say while somebody types: findings, computed cells, totals, changes.

The figures of other periods, which these are compared with, do not change while he types: they are kept for
some minutes by each process. The registry of “Dân vận khéo” may, in another window: a page that is opened reads it
anew. The check before handing in reads everything anew.
"""

import time
from collections import OrderedDict, defaultdict
from dataclasses import dataclass, replace

from reports.domain import checks, consolidation, kheo_proposals, series
from reports.domain.checks import Finding
from reports.domain.known_outlines import KnownOutline
from reports.enums import FigureSource
from reports.models import Figure, Indicator, Report

SECONDS_KEPT = 300
MOST_KEPT = 500
_kept: OrderedDict[tuple, tuple[float, "Yardstick"]] = OrderedDict()


@dataclass(frozen=True)
class Yardstick:
    """What the figures of one report are compared with: those of other periods, and the registry of “Dân vận khéo”."""

    same: series.OtherPeriod
    previous: series.OtherPeriod
    registry: dict[str, int]


@dataclass(frozen=True)
class Told:
    """``numbers`` and ``findings`` by indicator code."""

    numbers: dict[str, consolidation.Total]
    findings: dict[str, list[Finding]]
    same: series.OtherPeriod
    registry: dict[str, int]


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
    ``is_fresh``: read the registry anew; ``numbers``: the totals, where the caller has them.
    """
    report, indicators = edition.report, list(outline.indicators)
    beside = yardstick(report, indicators, is_fresh=is_fresh)
    own = {cell.indicator_id: cell for cell in cells if cell.source == FigureSource.OWN}
    if numbers is None:
        numbers = consolidation.totals(
            edition, indicators=indicators, figures=cells, has_below=report.has_below
        )
    found = checks.check_rules(indicators, outline.rules, numbers, beside.same, beside.previous, own)
    found += checks.check_changes(indicators, numbers, beside.same, own)
    if edition.reach is None:
        found += kheo_proposals.findings(report, indicators, own, numbers=beside.registry)
    findings = defaultdict(list)
    for finding in found:
        findings[finding.code].append(finding)
    return Told(numbers, findings, beside.same, beside.registry)


def yardstick(report: Report, indicators: list[Indicator], *, is_fresh: bool = False) -> Yardstick:
    """What one report is compared with, perhaps some minutes old; ``is_fresh``: with the registry as it is now.

    Two queries to read it, four for a unit that was others then.
    """
    key, now = (report.pk, report.round.opened_at), time.monotonic()
    until, found = _kept.pop(key, (0.0, None))
    if found is None or until <= now:
        until = now + SECONDS_KEPT
        found = Yardstick(*series.other_periods(report), kheo_proposals.numbers_of(report, indicators))
    elif is_fresh:
        found = replace(found, registry=kheo_proposals.numbers_of(report, indicators))
    _kept[key] = until, found
    while len(_kept) > MOST_KEPT:
        _kept.popitem(last=False)
    return found


def forget() -> None:
    """Read every other period anew when it is asked for next."""
    _kept.clear()
