"""What the checks say of a report that is looked over: its figures against other periods and rules, its words.

From what the review page has read already; one query for the other periods, and those of the totals.
"""

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass

from reports.domain import consolidation, series
from reports.domain.consolidation import Total
from reports.domain.known_outlines import KnownOutline
from reports.domain.live_checks import tell
from reports.models import Figure, ReportEdition
from reports.views.staff.figure_rows import beside
from reports.views.staff.text_checks import InWords, find_in_words


@dataclass(frozen=True)
class Looked:
    """The figures of an edition with what is to be said: ``warnings`` by indicator code, ``words`` by part code."""

    numbers: dict[str, Total]
    same: series.OtherPeriod
    warnings: dict[str, tuple[str, ...]]
    words: dict[str, list[InWords]]


def look_at(
    edition: ReportEdition,
    outline: KnownOutline,
    figures: list[Figure],
    texts: Mapping[str, str],
    below: consolidation.BelowSums,
) -> Looked:
    """``figures`` own and adjustments; ``texts`` by part code, as they are typed, in the order of the parts."""
    indicators = list(outline.indicators)
    numbers = _numbers(edition, indicators, figures, below)
    told = tell(edition, outline, figures, is_fresh=True, numbers=numbers)
    warnings = {
        code: tuple(beside(outline.by_code[code], finding.message) for finding in findings)
        for code, findings in told.findings.items()
    }
    words = defaultdict(list)
    for one in find_in_words(edition.report, texts, indicators, numbers):
        words[one.part].append(one)
    return Looked(numbers, told.same, warnings, dict(words))


def _numbers(edition: ReportEdition, indicators, figures: list[Figure], below) -> dict[str, Total]:
    """Frozen totals where units below were counted, else computed from the figures."""
    has_below = edition.report.has_below
    if not (edition.pdf_sha256 and has_below):
        return consolidation.totals(
            edition, indicators=indicators, figures=figures, has_below=has_below, below_sums=below
        )
    frozen = consolidation.frozen_totals(edition)
    return {indicator.code: frozen.get(indicator.code, consolidation.EMPTY) for indicator in indicators}
