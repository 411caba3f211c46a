"""From a published version to its “Bản tóm tắt” (``content.SummaryContent``)."""

from django.utils import timezone

from reports.documents.content import (
    Citation,
    FigureGroup,
    FigureRow,
    KeyFigure,
    SummaryContent,
    SummarySection,
)
from reports.domain.public_figures import ShownFigure
from reports.domain.public_reading import PublicReport, source_words


def summary_content(report: PublicReport) -> SummaryContent:
    """What the file of this version says: the same words and figures as its page."""
    period, version = report.publication.period, report.version
    return SummaryContent(
        body_name=f"{report.body}, {report.above}" if report.above else report.body,
        kind=period.report_kind,
        period=period.label,
        title=version.title,
        lead=version.lead,
        published_on=timezone.localdate(version.published_at),
        version=version.number,
        key_figures=[_key_figure(figure) for figure in report.key_figures],
        sections=[SummarySection(section.title, section.text) for section in report.sections],
        figure_groups=[FigureGroup("", [_row(figure) for figure in report.figures])]
        if report.figures
        else [],
        source_line=_source_line(version),
        citation=_citation(report.publication.citation),
        illustrative=report.publication.unit.illustrative,
    )


def _key_figure(figure: ShownFigure) -> KeyFigure:
    return KeyFigure(figure.tile_value, figure.tile_unit, figure.name, figure.comparison)


def _row(figure: ShownFigure) -> FigureRow:
    return FigureRow(
        name=figure.name,
        unit=figure.unit,
        total=figure.value,
        same_period=figure.same_words,
        note="; ".join(filter(None, (figure.note, figure.same_note and f"Cùng kỳ: {figure.same_note}"))),
    )


def _source_line(version) -> str:
    words = source_words(version)
    return f"Tổng hợp từ {words}." if words else ""


def _citation(citation) -> Citation | None:
    if citation is None:
        return None
    return Citation(
        outlet=citation.outlet,
        byline=citation.byline,
        published_on=citation.published_on,
        inferred=[sentence.strip().rstrip(".") for sentence in citation.inferred],
    )
