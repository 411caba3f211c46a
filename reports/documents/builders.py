"""From the database to what a document says (``content.DocumentContent``)."""

from dataclasses import dataclass
from datetime import date

from models_dv import clock
from models_dv.enums import SigningForm
from models_dv.vietnamese.dates import format_date
from models_dv.vietnamese.numbers import roman
from reports.documents.content import DocumentContent, DocumentSection, FigureGroup, FigureRow, Signature
from reports.domain import consolidation, figure_codes, series
from reports.domain.figure_codes import value_words
from reports.enums import FigureSource, IndicatorOp, ValueState
from reports.models import Figure, Indicator, OutlineSection, SectionText


@dataclass(frozen=True)
class Issue:
    """Number, date and signer, as the clerk enters them."""

    number: int
    issued_on: date
    signer_name: str
    signer_post: str
    signer_is_deputy: bool


@dataclass(frozen=True)
class Numbers:
    """The figures of an edition as they are printed: indicators in order, totals by code."""

    indicators: list[Indicator]
    figures: list[Figure]
    totals: dict[str, consolidation.Total]
    has_below: bool


def live_numbers(edition) -> Numbers:
    """The figures as they stand now (of a sent edition: as they were frozen)."""
    report = edition.report
    has_below = report.has_below
    indicators = list(
        Indicator.objects.filter(version_id=report.round.outline_version_id)
        .select_related("group")
        .order_by("order")
    )
    figures = list(Figure.objects.filter(edition=edition))
    totals = consolidation.totals_as_read(
        edition, indicators=indicators, figures=figures, has_below=has_below
    )
    return Numbers(indicators, figures, totals, has_below)


def report_content(edition, *, issue: Issue | None = None, numbers: Numbers | None = None) -> DocumentContent:
    """The paper of an edition: with ``issue`` as it will be signed, without it as a draft."""
    report = edition.report
    version = report.unit_version
    numbers = numbers or live_numbers(edition)
    last_year = series.same_period(report)
    return DocumentContent(
        superior_body=version.header_superior,
        issuing_body=version.header_issuer,
        issuer_full_name=version.issuer_full_name,
        symbol=version.symbol,
        place=version.place_name,
        subject=report.subject,
        sections=[*_replaces(edition), *_sections(edition, numbers)],
        signature=_signature(version, issue),
        number=issue.number if issue else None,
        issued_on=issue.issued_on if issue else None,
        drafted_on=None if issue else clock.today(),
        figure_groups=_figure_groups(numbers, last_year),
        appendix_title=_appendix_title(edition, numbers.has_below),
        appendix_note=series.same_period_words(last_year),
        recipients=_recipients(report),
        draft_number=None if issue else edition.number,
        illustrative=report.unit.illustrative,
    )


def _replaces(edition) -> list[DocumentSection]:
    """The sentence that names the issued edition which this one replaces."""
    old = edition.replaces
    if old is None or not old.full_number:
        return []
    text = f"Báo cáo này thay thế Báo cáo số {old.full_number} ngày {format_date(old.issued_on)}."
    return [DocumentSection("", "", 1, text)]


def _appendix_title(edition, has_below: bool) -> str:
    """Names the units below whose figures are not in the totals."""
    title = "Số liệu kèm theo báo cáo"
    if not has_below:
        return title
    found = consolidation.coverage_as_read(edition)
    title += f" (tổng hợp từ {found.accepted}/{found.expected} đơn vị"
    return f"{title}; chưa có: {', '.join(found.missing)})" if found.missing else f"{title})"


def _sections(edition, numbers: Numbers) -> list[DocumentSection]:
    """Headings numbered I, II … and 1, 2 …; parts without text, and headings left empty by them, are left out."""
    report = edition.report
    words = figure_codes.words_of(numbers.indicators, numbers.totals)
    texts = {
        section_id: figure_codes.resolve(text, words)
        for section_id, text in SectionText.objects.filter(edition=edition).values_list("section_id", "text")
    }
    sections = [
        section
        for section in OutlineSection.objects.filter(version_id=report.round.outline_version_id)
        if section.stands_in(report.round.period.kind)
    ]
    sections.sort(key=lambda section: section.order)
    rows, top = [], 0
    for section in (section for section in sections if section.parent_id is None):
        children = [
            child for child in sections if child.parent_id == section.pk and texts.get(child.pk, "").strip()
        ]
        text = texts.get(section.pk, "")
        if not children and not text.strip():
            continue
        top += 1
        rows.append(DocumentSection(roman(top), section.title, 1, text))
        rows += [
            DocumentSection(str(number), child.title, 2, texts[child.pk])
            for number, child in enumerate(children, start=1)
        ]
    return rows


def _signature(version, issue: Issue | None) -> Signature:
    post = issue.signer_post if issue else version.head_post
    if version.signing_form == SigningForm.COMMITTEE:
        authority = (f"T/M {version.signing_authority}",)
    elif issue and issue.signer_is_deputy:
        authority = (f"K/T {version.head_post}",)
    else:
        authority = ()
    return Signature(post=post, name=issue.signer_name if issue else "", authority=authority)


def _recipients(report) -> list[str]:
    above = [f"{report.parent.unit_version.issuer_full_name} (báo cáo)"] if report.parent_id else []
    return [*above, f"Lưu {report.unit_version.issuer_name}"]


def _figure_groups(numbers: Numbers, last_year: series.OtherPeriod) -> list[FigureGroup]:
    figures = {figure.indicator_id: figure for figure in numbers.figures if figure.source == FigureSource.OWN}
    groups: dict[str, list[FigureRow]] = {}
    for indicator in numbers.indicators:
        total = numbers.totals[indicator.code]
        row = _figure_row(indicator, figures.get(indicator.pk), total, last_year, numbers.has_below)
        if row:
            groups.setdefault(f"{indicator.group.code}. {indicator.group.name}", []).append(row)
    return [FigureGroup(name, rows) for name, rows in groups.items()]


def _figure_row(indicator, figure, total, last_year, has_below: bool) -> FigureRow | None:
    """One printed row, or None when nothing was entered or summed."""
    own = own_words(indicator, figure, total)
    shown = value_words(total.total, total.qualifier, indicator) if has_below else own
    if not own and total.total is None:
        return None
    known = last_year.known(indicator.code, on_total=has_below)
    note = figure.note if figure else ""
    if indicator.op == IndicatorOp.TEXT:
        return FigureRow(name=indicator.name, unit="", own="" if has_below else None, total="", note=own)
    if total.missing:
        note = "; ".join(part for part in (note, f"Chưa có số liệu: {', '.join(total.missing)}") if part)
    if not last_year.not_comparable and (why := last_year.why_not(indicator.code, on_total=has_below)):
        note = "; ".join(part for part in (note, f"Cùng kỳ {series.NOT_COMPARABLE}: {why}") if part)
    return FigureRow(
        name=indicator.name,
        unit=indicator.unit_name,
        own=own if has_below else None,
        total=shown,
        same_period=value_words(known.value, known.qualifier, indicator) if known else "",
        note=note,
    )


def own_words(indicator, figure, total) -> str:
    """The unit's own cell in words: a number, “Không phát sinh”, “Chưa có số liệu”, a text, or ""."""
    if indicator.op in (IndicatorOp.RATIO, IndicatorOp.CALC):
        return value_words(total.own, "", indicator)
    if figure is None or figure.value_state == ValueState.EMPTY:
        return ""
    if figure.value_state in (ValueState.NONE, ValueState.NO_DATA):
        return figure.get_value_state_display()
    if indicator.op == IndicatorOp.TEXT:
        return figure.text
    return value_words(figure.value, figure.qualifier, indicator)
