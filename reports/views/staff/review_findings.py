"""What the checks say of a report that is looked over: its figures against other periods and rules, its words.

From what the review page has read already; the other periods and the registry as they are kept for some minutes,
else two queries, and those of the totals.
"""

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass

from reports.domain import consolidation, series
from reports.domain.consolidation import Total, coverage_as_read
from reports.domain.known_outlines import KnownOutline
from reports.domain.live_checks import tell
from reports.models import Figure, ReportEdition
from reports.views.staff.figure_rows import beside
from reports.views.staff.text_checks import InWords, find_in_figures, find_in_words


@dataclass(frozen=True)
class Looked:
    """The figures of an edition with what is to be said: ``warnings`` by indicator code, ``words`` by part code.

    ``partial_words``: units below are missing in the totals, which are then not compared.
    """

    numbers: dict[str, Total]
    same: series.OtherPeriod
    warnings: dict[str, tuple[str, ...]]
    words: dict[str, list[InWords]]
    partial_words: str = ""


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
    told = tell(edition, outline, figures, numbers=numbers)
    warnings = {
        code: tuple(beside(indicator, finding.message) for finding in told.findings[code])
        for code, indicator in outline.by_code.items()
        if code in told.findings
    }
    words = defaultdict(list)
    found = find_in_words(edition.report, texts, indicators, numbers)
    for one in (*found, *find_in_figures(indicators, figures)):
        words[one.part].append(one)
    partial = coverage_as_read(edition).partial_words if edition.report.has_below else ""
    return Looked(numbers, told.same, warnings, dict(words), partial)


def _numbers(edition: ReportEdition, indicators, figures: list[Figure], below) -> dict[str, Total]:
    """Frozen totals where units below were counted, else computed from the figures."""
    has_below = edition.report.has_below
    if not (edition.pdf_sha256 and has_below):
        return consolidation.totals(
            edition, indicators=indicators, figures=figures, has_below=has_below, below_sums=below
        )
    frozen = consolidation.frozen_totals(edition)
    return {indicator.code: frozen.get(indicator.code, consolidation.EMPTY) for indicator in indicators}
