"""The table of figures of an edition as it is read: Của đơn vị | Cấp dưới | Tổng, cùng kỳ and change."""

from dataclasses import dataclass, field

from models_dv.vietnamese.numbers import format_signed
from reports.documents.builders import own_words, value_words
from reports.domain import checks, series
from reports.domain.consolidation import Coverage, Total, coverage_as_read, totals_as_read
from reports.enums import FigureSource, IndicatorKind, IndicatorOp, ValueState
from reports.models import Figure, Indicator

#: Beyond this many addends a cell only counts them.
ADDENDS_SHOWN = 4


@dataclass(frozen=True)
class SameFigure:
    """A cell “Cùng kỳ”: ``value``, and of a figure put together ``seen`` beside it; ``heard`` goes on for who listens.

    “21” “10 + 11” “: Tỉnh uỷ A, Tỉnh uỷ B”, or "" “không so sánh được” “: Xã B chưa có số liệu”.
    """

    value: str = ""
    seen: str = ""
    heard: str = ""

    @property
    def title(self) -> str:
        """Everything about how it came, in one line."""
        return f"{self.seen}{self.heard}"


@dataclass(frozen=True)
class FigureLine:
    """One indicator in ready words; "" where there is nothing."""

    indicator: Indicator
    own: str
    below: str
    total: str
    same: "SameFigure"
    change: str
    note: str
    numbers: Total
    missing: tuple[str, ...] = ()
    warnings: tuple[str, ...] = ()
    is_text: bool = False


@dataclass
class FigureGroup:
    """The lines of one group of indicators."""

    title: str
    lines: list[FigureLine] = field(default_factory=list)


@dataclass(frozen=True)
class FigureTable:
    """Everything a page of figures shows; ``same_label`` is the period compared with, "" when unknown.

    ``same_words`` says of the whole column that it was put together from other units, or why it is empty;
    ``partial_words`` that units below are missing in the totals, which are then not compared.
    """

    groups: list[FigureGroup]
    same_label: str
    has_below: bool
    same_words: str = ""
    partial_words: str = ""


def figure_table(
    edition, *, has_below: bool, with_warnings: bool = True, coverage: Coverage | None = None
) -> FigureTable:
    """The figures of an edition: frozen ones of a sent edition, live ones of any other.

    ``coverage`` where the caller knows it already.
    """
    report = edition.report
    version_id = report.round.outline_version_id
    indicators = list(
        Indicator.objects.filter(version_id=version_id).select_related("group").order_by("order")
    )
    figures = {
        figure.indicator_id: figure for figure in readable_figures(edition).filter(source=FigureSource.OWN)
    }
    if edition.reach is not None:
        indicators = [indicator for indicator in indicators if indicator.group.code in edition.reach.groups]
    numbers = totals_as_read(edition) if edition.pdf_sha256 else totals_as_read(edition, has_below=has_below)
    last_year = series.same_period(report)
    partial_words = (coverage or coverage_as_read(edition)).partial_words if has_below else ""
    warnings = _warnings(report, indicators, numbers, last_year, figures) if with_warnings else {}
    groups: dict[int, FigureGroup] = {}
    for indicator in indicators:
        line = _line(
            indicator,
            figures.get(indicator.pk),
            numbers.get(indicator.code, Total()),
            last_year,
            has_below,
            tuple(warnings.get(indicator.code, ())),
            is_partial=bool(partial_words),
        )
        if line.total or line.own or indicator.for_level(report.level):
            group = groups.setdefault(indicator.group_id, FigureGroup(str(indicator.group)))
            group.lines.append(line)
    words = series.same_period_words(last_year)
    return FigureTable(list(groups.values()), last_year.label, has_below, words, partial_words)


def readable_figures(edition):
    """The figures of an edition that the person before the screen may see."""
    figures = Figure.objects.filter(edition=edition)
    if edition.reach is not None:
        figures = figures.filter(indicator__group__code__in=edition.reach.groups, source=FigureSource.OWN)
    return figures


def _warnings(report, indicators, numbers, last_year, figures) -> dict[str, list[str]]:
    """What the outline's rules and the same period say of the figures, by indicator code."""
    found: dict[str, list[str]] = {}
    for finding in checks.check_figures(report, indicators, numbers, last_year, figures):
        found.setdefault(finding.code, []).append(finding.message)
    return found


def _line(
    indicator, figure, total: Total, last_year, has_below: bool, warnings, *, is_partial: bool
) -> FigureLine:
    known = last_year.known(indicator.code, on_total=has_below)
    value = total.total if has_below else total.own
    own = own_words(indicator, figure, total)
    return FigureLine(
        indicator=indicator,
        own=own,
        below=value_words(total.below, "", indicator),
        total=value_words(total.total, total.qualifier, indicator) if has_below else own,
        same=same_figure(last_year, indicator, on_total=has_below),
        change="" if is_partial else change_words(indicator, value, known),
        note=figure.note if figure and figure.value_state != ValueState.EMPTY else "",
        numbers=total,
        missing=total.missing,
        warnings=warnings,
        is_text=indicator.op == IndicatorOp.TEXT,
    )


def same_figure(last_year: series.OtherPeriod, indicator, *, on_total: bool) -> SameFigure:
    """The cell “Cùng kỳ” of one indicator; where no figure at all can be compared the page says so once."""
    known = last_year.known(indicator.code, on_total=on_total)
    if known is None:
        why = "" if last_year.not_comparable else last_year.why_not(indicator.code, on_total=on_total)
        return SameFigure("", series.NOT_COMPARABLE, f": {why}") if why else SameFigure()
    value = value_words(known.value, known.qualifier, indicator)
    if len(known.parts) > ADDENDS_SHOWN:
        return SameFigure(value, f"{len(known.parts)} đơn vị", f": {known.provenance}")
    return SameFigure(value, known.addends, known.provenance.removeprefix(known.addends))


def change_words(indicator, value, known) -> str:
    """“+105”, in points for a percentage; "" where one of the two is not known."""
    if value is None or known is None:
        return ""
    return format_signed(value - known.value, decimals=1 if indicator.kind == IndicatorKind.PERCENT else None)
