"""“Tổng hợp”: Của đơn vị | Cấp dưới | Tổng of every figure, and what one total is made of."""

import re
from dataclasses import dataclass

from django.db.models import F, Sum
from django.http import Http404
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from models_dv.errors import NotAllowed
from reports.documents.builders import own_words, value_words
from reports.domain import consolidation as sums
from reports.enums import ADDED_OPS, FigureSource, IndicatorOp, State
from reports.models import Figure, Indicator, Report
from reports.scopes import path_range
from reports.views.staff.access import readable_edition, refusals_as_page, visible_report
from reports.views.staff.figure_lines import figure_table
from reports.views.staff.lists import page_of
from reports.views.staff.words import state_badge

CODE = re.compile(r"[A-Z][0-9]+[a-z]?")


@require_safe
def consolidations(request):
    """Reports of the person's units that have units below, newest first."""
    below = Report.objects.filter(parent__isnull=False).values("parent")
    found = Report.objects.visible_to(request.user).filter(pk__in=below).for_list()
    page = page_of(found, request)
    for report in page:
        report.state = state_badge(report.latest.state, has_above=report.parent_id is not None)
    context = {
        "nav": "consolidation",
        "page": page,
        "illustrative": any(report.unit.illustrative for report in page),
    }
    return render(request, "staff/consolidations.html", context)


@require_safe
@refusals_as_page
def consolidation(request, pk):
    """All figures of one report with what is below and who is missing."""
    report = visible_report(request.user, pk)
    edition = _edition(request.user, report)
    coverage = coverage_of(edition)
    context = {
        "nav": "consolidation",
        "report": report,
        "edition": edition,
        "state": state_badge(edition.state, has_above=report.parent_id is not None),
        "is_frozen": bool(edition.pdf_sha256),
        "coverage": coverage,
        "figures": figure_table(edition, has_below=coverage.expected > 0, with_warnings=False),
    }
    return render(request, "staff/consolidation.html", context)


def _edition(user, report):
    edition = readable_edition(user, report)
    if edition is None:
        raise NotAllowed("Số liệu của bản đang soạn chỉ người của đơn vị xem được, cho đến khi phát hành, gửi.")
    return edition


def coverage_of(edition) -> sums.Coverage:
    """Who is in the sums: as it stood at issue, or as it stands now."""
    if edition.pdf_sha256 and edition.coverage:
        kept = edition.coverage
        return sums.Coverage(kept["expected"], kept["accepted"], tuple(kept["missing"]))
    return sums.coverage(edition.report)


@dataclass(frozen=True)
class PartOfTotal:
    """One unit below: its words, and why it does not count where it does not."""

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
        i.code: i for i in Indicator.objects.filter(version_id=report.round.outline_version_id).select_related("group")
    }
    if code not in indicators:
        raise Http404
    indicator = indicators[code]
    total = sums.totals_as_read(edition, indicators=list(indicators.values())).get(code, sums.EMPTY)
    context = {
        "nav": "consolidation",
        "report": report,
        "edition": edition,
        "is_frozen": bool(edition.pdf_sha256),
        "indicator": indicator,
        "words": words_of(indicator, total),
        "coverage": coverage_of(edition),
        "made_of": made_of(indicator, indicators),
        "formula": _formula(indicator),
        "parts": unit_parts(request.user, report, indicator),
        "own_figure": Figure.objects.filter(
            edition=edition, indicator=indicator, source=FigureSource.OWN
        ).first(),
        "is_added": indicator.op in ADDED_OPS,
        "is_text": indicator.op == IndicatorOp.TEXT,
    }
    return render(request, "staff/consolidation_part.html", context)
