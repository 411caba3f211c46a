"""The table of figures after an automatic save: what the script puts into the rows of the page."""

from collections.abc import Iterable

from reports.documents.builders import own_words, value_words
from reports.domain.consolidation import coverage_as_read
from reports.domain.known_outlines import KnownOutline
from reports.domain.live_checks import Told
from reports.enums import FigureSource, ValueState
from reports.models import Figure, Indicator
from reports.views.staff.figure_lines import change_words
from reports.views.staff.figure_rows import beside, given_of


def readable_cells(edition, outline: KnownOutline, cells: list[Figure]) -> list[Figure]:
    """The figures that the person may read: all, of a contributor own ones of the groups that he was given."""
    if edition.reach is None:
        return cells
    groups = edition.reach.groups
    return [
        cell
        for cell in cells
        if cell.source == FigureSource.OWN and outline.by_id[cell.indicator_id].group.code in groups
    ]


def live_table(edition, outline: KnownOutline, cells: list[Figure], told: Told, sent: Iterable[str]) -> dict:
    """``rows``: own value of computed rows, total and change, for what was sent and what is computed;
    ``findings``: [level, sentence] of every row that has some; ``filled``: “12/93”."""
    given = given_of(edition, outline.indicators)
    own = {cell.indicator_id: cell for cell in cells if cell.source == FigureSource.OWN}
    sent = set(sent)
    is_partial = edition.report.has_below and not coverage_as_read(edition).is_complete
    asked = [i for i in given if i.is_typed and i.for_level(edition.report.level)]
    filled = sum(i.pk in own and own[i.pk].value_state != ValueState.EMPTY for i in asked)
    return {
        "rows": {
            i.code: _row(edition, i, own.get(i.pk), told, is_partial=is_partial)
            for i in given
            if i.code in sent or not i.is_typed
        },
        "findings": {
            i.code: [[finding.level, beside(i, finding.message)] for finding in told.findings[i.code]]
            for i in given
            if i.code in told.findings
        },
        "filled": f"{filled}/{len(asked)}",
    }


def _row(
    edition, indicator: Indicator, figure: Figure | None, told: Told, *, is_partial: bool
) -> dict[str, str]:
    number, has_below = told.numbers[indicator.code], edition.report.has_below
    value = number.total if has_below else number.own
    known = told.same.known(indicator.code, on_total=has_below)
    row = {"change": "" if is_partial else change_words(indicator, value, known)}
    if not indicator.is_typed:
        row["own"] = own_words(indicator, figure, number)
    if has_below:
        row["total"] = value_words(number.total, number.qualifier, indicator)
    return row
