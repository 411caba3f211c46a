"""“Tổng hợp”: Của đơn vị | Cấp dưới | Tổng of every figure, and what one total is made of."""

from dataclasses import dataclass

from django.http import Http404
from django.shortcuts import render
from django.views.decorators.http import require_safe

from models_dv.errors import NotAllowed
from models_dv.views.illustrative import illustrative_of
from models_dv.views.lists import page_of
from reports.documents.builders import own_words, value_words
from reports.domain import consolidation as sums
from reports.domain import series
from reports.domain.expressions import parse
from reports.enums import FigureSource, IndicatorOp, ValueState
from reports.models import Figure, Indicator, Report
from reports.views.staff.access import readable_edition, refusals_as_page, visible_report
from reports.views.staff.figure_lines import figure_table
from reports.views.staff.words import lower_first, state_badge


@require_safe
def consolidations(request):
    """Reports of the person's units that have units below, newest first."""
    below = Report.objects.filter(parent__isnull=False).values("parent")
    found = Report.objects.visible_to(request.user).filter(pk__in=below).for_list()
    page = page_of(request, found).page
    for report in page:
        report.state = state_badge(report.latest.state, report)
    context = {
        "nav": "consolidation",
        "page": page,
        **illustrative_of(report.unit.illustrative for report in page),
    }
    return render(request, "staff/consolidations.html", context)


@require_safe
@refusals_as_page
def consolidation(request, pk):
    """All figures of one report with what is below and who is missing."""
    report = visible_report(request.user, pk)
    edition = _edition(request.user, report)
    coverage = sums.coverage_as_read(edition)
    context = {
        "nav": "consolidation",
        "report": report,
        "edition": edition,
        "state": state_badge(edition.state, report),
        "is_frozen": bool(edition.pdf_sha256),
        "coverage": coverage,
        "figures": figure_table(
            edition, has_below=coverage.expected > 0, with_warnings=False, coverage=coverage
        ),
    }
    return render(request, "staff/consolidation.html", context)


def _edition(user, report):
    edition = readable_edition(user, report)
    if edition is None:
        raise NotAllowed(
            "Số liệu của bản đang soạn chỉ người của đơn vị xem được, cho đến khi phát hành, gửi."
        )
    return edition


@dataclass(frozen=True)
class UnitLine:
    """One unit below: its value in words with its note, and why it does not count where it does not."""

    report: Report
    value: str
    note: str
    why_not: str
    is_visible: bool


@require_safe
@refusals_as_page
def consolidation_part(request, pk, code):
    """What one total is made of: each unit's value, what is not counted and why."""
    report = visible_report(request.user, pk)
    edition = _edition(request.user, report)
    indicators = {
        indicator.code: indicator
        for indicator in Indicator.objects.filter(version_id=report.round.outline_version_id).select_related(
            "group"
        )
    }
    if code not in indicators:
        raise Http404
    indicator = indicators[code]
    numbers = sums.totals_as_read(edition, indicators=list(indicators.values()))
    figure = Figure.objects.filter(edition=edition, indicator=indicator, source=FigureSource.OWN).first()
    is_computed = indicator.op in (IndicatorOp.RATIO, IndicatorOp.CALC)
    coverage = sums.coverage_as_read(edition)
    context = {
        "nav": "consolidation",
        "report": report,
        "edition": edition,
        "is_frozen": bool(edition.pdf_sha256),
        "indicator": indicator,
        "words": total_words(indicator, figure, numbers.get(code, sums.EMPTY)),
        "coverage": coverage,
        "same": same_period_of(report, indicator, on_total=coverage.expected > 0),
        "is_text": indicator.op == IndicatorOp.TEXT,
        "formula": formula_of(indicator) if is_computed else "",
        "operands": operands_of(indicator, indicators, numbers) if is_computed else [],
        "lines": [] if is_computed else unit_lines(request.user, report, indicator),
    }
    return render(request, "staff/consolidation_part.html", context)


def same_period_of(report, indicator, *, on_total: bool) -> dict[str, str]:
    """Cùng kỳ of one indicator in ready words: {label, value, provenance, why_not}."""
    last_year = series.same_period(report)
    known = last_year.known(indicator.code, on_total=on_total)
    return {
        "label": last_year.label,
        "value": value_words(known.value, known.qualifier, indicator) if known else "",
        "provenance": known.provenance if known else "",
        "why_not": last_year.why_not(indicator.code, on_total=on_total),
    }


def total_words(indicator, figure, total: sums.Total) -> dict[str, str]:
    """Own, below, adjustment and total in ready words."""
    return {
        "own": own_words(indicator, figure, total),
        "own_note": figure.note if figure else "",
        "below": value_words(total.below, "", indicator),
        "adjustment": value_words(total.adjustment, "", indicator),
        "total": value_words(total.total, total.qualifier, indicator),
    }


def formula_of(indicator) -> str:
    """How a computed figure comes about, in codes."""
    if indicator.op == IndicatorOp.RATIO:
        return f"{indicator.numerator_code} / {indicator.denominator_code} × 100"
    return indicator.expression


def operands_of(indicator, indicators, numbers) -> list[dict]:
    """The indicators that a computed one is made of, with their totals."""
    codes = [indicator.numerator_code, indicator.denominator_code]
    if indicator.op == IndicatorOp.CALC:
        codes = parse(indicator.expression).codes
    found = [indicators[code] for code in codes if code in indicators]
    return [{"indicator": i, "words": total_words(i, None, numbers.get(i.code, sums.EMPTY))} for i in found]


def unit_lines(user, report, indicator) -> list[UnitLine]:
    """Every unit below in tree order."""
    visible = set(Report.objects.visible_to(user).below(report).order_by().values_list("pk", flat=True))
    lines = []
    for part in sums.parts_of_total(report, indicator):
        child, figure = part.report, part.figure
        total = sums.Total(own=figure.value if figure else None)
        note = figure.note if figure else ""
        if part.adjustment is not None:
            words = f"điều chỉnh {value_words(part.adjustment, '', indicator)}"
            note = "; ".join(text for text in (note, words) if text)
        lines.append(
            UnitLine(
                report=child,
                value=own_words(indicator, figure, total),
                note=note,
                why_not=_why_not(child, figure, counts=part.counts),
                is_visible=child.pk in visible,
            )
        )
    return lines


def _why_not(child, figure, *, counts: bool) -> str:
    """Why a unit is not in the sum; "" where it is."""
    if not counts:
        return f"chưa tiếp nhận ({lower_first(child.latest.get_state_display())})"
    if figure is None or figure.value_state in (ValueState.EMPTY, ValueState.NO_DATA):
        return lower_first(ValueState(figure.value_state if figure else ValueState.EMPTY).label)
    return ""
