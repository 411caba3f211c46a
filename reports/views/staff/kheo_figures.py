"""The models of “Dân vận khéo” behind one figure of a report, and taking the registry's number over."""

from django.http import Http404
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_safe

from models_dv.domain import kheo_counts
from models_dv.domain.unit_names import unit_name
from models_dv.views.lists import page_of
from reports.domain import kheo_proposals
from reports.domain.checks import FIGURES_PART
from reports.enums import FigureSource
from reports.forms.figures import BASE, NOTE, Base, Typed, write_base
from reports.models import Figure, Indicator
from reports.views.staff.access import refusals_as_page
from reports.views.staff.base import edition_to_open, report_bar, why_locked
from reports.views.staff.editor_frame import part_url
from reports.views.staff.figure_rows import cell_url
from reports.views.staff.figures import TAKE

COLUMNS = ("name", "kind", "field", "year", "address", "unit_id")


@require_safe
@refusals_as_page
def registry_figure(request, pk, code):
    """Which models make the number; what the report says; “Lấy số này” where it may be written."""
    edition = edition_to_open(request.user, pk)
    report = edition.report
    rows = Indicator.objects.filter(version_id=report.round.outline_version_id, code=code)
    indicator = kheo_proposals.counted(rows.select_related("group")).get(code)
    if indicator is None:
        raise Http404
    figure = Figure.objects.filter(edition=edition, indicator=indicator, source=FigureSource.OWN).first()
    figures = {indicator.pk: figure} if figure else {}
    window = kheo_proposals.window_of(report)
    behind = kheo_counts.behind(code, report.unit_id, window).only(*COLUMNS)
    behind = behind.annotate(unit_name=unit_name("unit", window.until))
    context = {
        "nav": "reports",
        "report": report,
        "edition": edition,
        "bar": report_bar(edition),
        "trail": [
            {"title": report.title, "url": report.get_absolute_url()},
            {"title": "Số liệu", "url": part_url(edition, FIGURES_PART)},
        ],
        "indicator": indicator,
        "known": kheo_proposals.proposals(report, [indicator], figures).get(code),
        "typed": Typed.of(figure),
        "rule": kheo_counts.rule_of(code),
        "window": window,
        "shown": page_of(request, behind),
        "counts_awards": code in kheo_counts.AWARDS,
        "cell_url": cell_url(edition, code),
        "registry_url": reverse("staff:models"),
    }
    if not why_locked(request.user, edition, FIGURES_PART):
        base = write_base({code: Base.of(figure)}) if figure else ""
        context["take"] = {
            "url": part_url(edition, FIGURES_PART),
            "name": TAKE,
            "hidden": [(BASE, base), (NOTE + code, context["typed"].note)],
        }
    return render(request, "staff/editor/registry_figure.html", context)
