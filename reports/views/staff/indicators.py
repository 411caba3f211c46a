"""What an indicator means and how it went: beside the table where there is a script, a page of its own where not."""

from django.http import Http404
from django.shortcuts import render
from django.views.decorators.http import require_safe

from reports.documents.builders import value_words
from reports.domain.consolidation import EMPTY, coverage_as_read, totals
from reports.domain.expressions import describe, parse
from reports.domain.indicator_history import history
from reports.domain.known_outlines import known_outline
from reports.domain.live_checks import yardstick
from reports.enums import FIGURES_PART, IndicatorOp, ValueState
from reports.models import Figure
from reports.views.plots import plot_of
from reports.views.staff.access import refusals_as_page
from reports.views.staff.base import edition_to_write, report_bar
from reports.views.staff.editor_frame import part_url
from reports.views.staff.figure_lines import readable_figures, same_figure
from reports.views.staff.figure_rows import cell_url, given_of, stored_words

#: Asks for what stands inside the page, to be put beside the table.
FRAGMENT = "manh"


@require_safe
@refusals_as_page
def indicator(request, pk, code):
    """Definition, rules, the periods beside this one and the last five."""
    edition = edition_to_write(request.user, pk, FIGURES_PART)
    report, outline = edition.report, known_outline(edition.report.round.outline_version)
    found = next((i for i in given_of(edition, list(outline.indicators)) if i.code == code), None)
    if found is None:
        raise Http404
    figures = list(readable_figures(edition))
    numbers = totals(
        edition, indicators=list(outline.indicators), figures=figures, has_below=report.has_below
    )
    beside, on_total = yardstick(report, list(outline.indicators)), report.has_below
    partial_words = coverage_as_read(edition).partial_words if on_total else ""
    trend = None
    if found.op != IndicatorOp.TEXT:
        now = EMPTY if partial_words else numbers[code]
        trend = history(report, found, now, beside.same, on_total=on_total)
    context = {
        "nav": "reports",
        "report": report,
        "bar": report_bar(edition),
        "trail": [
            {"title": report.title, "url": report.get_absolute_url()},
            {"title": "Số liệu", "url": part_url(edition, FIGURES_PART)},
        ],
        "indicator": found,
        "rules": _rules(outline, found),
        "same": same_figure(beside.same, found, on_total=on_total),
        "previous": _words(beside.previous.known(code, on_total=on_total), found),
        "stored": _stored(found, figures),
        "trend": trend,
        "partial_words": partial_words,
        "plot": plot_of(trend) if trend and trend.has_line else None,
        "cell_url": cell_url(edition, code),
    }
    is_fragment = FRAGMENT in request.GET
    template = "staff/editor/_indicator.html" if is_fragment else "staff/editor/indicator.html"
    return render(request, template, context)


def _rules(outline, indicator) -> list[str]:
    """What the check may say of this figure: what does not fit, and what to do then."""
    names = {i.code: i.name for i in outline.indicators}
    return [
        describe(parse(rule.expression), names, advice=rule.say)
        for rule in outline.rules
        if rule.indicator_id == indicator.pk
    ]


def _words(known, indicator) -> str:
    return value_words(known.value, known.qualifier, indicator) if known else ""


def _stored(indicator, figures: list[Figure]) -> tuple[str, str]:
    """(what the cell says, its note), both "" where nothing is saved."""
    own = next((f for f in figures if f.indicator_id == indicator.pk and f.source == "own"), None)
    if own is None or own.value_state == ValueState.EMPTY:
        return "", own.note if own else ""
    return stored_words(indicator, own), own.note
